import Basics
import CZlib
import Foundation

/// Decompression of gzip files.
package enum Gzip {
  /// Whether `bytes` begin as a gzip file does.
  package static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1f, 0x8b])
  }

  /// The decompressed content of `file`; its checksum and length are verified.
  /// - Parameter limit: The largest content accepted, in bytes.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if the file is cut off or corrupt, has anything
  ///   after its end, or holds more than `limit` bytes.
  package static func inflate(_ file: DataFile, limit: Int) throws -> [UInt8] {
    var stream = z_stream()
    return try withUnsafeMutablePointer(to: &stream) { stream in
      // 15: the largest window; 16: a gzip header and trailer.
      let structSize = Int32(MemoryLayout<z_stream>.size)
      guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, structSize) == Z_OK else {
        throw DataError.file(.unreadable(path: file.path, reason: "zlib does not start"))
      }
      defer { inflateEnd(stream) }
      return try inflate(file, limit: limit, with: stream)
    }
  }

  private static func inflate(
    _ file: DataFile, limit: Int, with stream: UnsafeMutablePointer<z_stream>
  ) throws -> [UInt8] {
    guard let inputCount = UInt32(exactly: file.bytes.count) else {
      throw DataError.malformed(path: file.path, offset: nil, reason: "a gzip file of more than 4 GiB")
    }
    // One byte more than the limit tells content of just that size from content that is larger.
    var output = [UInt8](repeating: 0, count: min(limit + 1, declaredCount(file.bytes) + 1))
    var written = 0
    var status = Z_OK
    file.bytes.withUnsafeBufferPointer { input in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = inputCount
      while status == Z_OK, written <= limit {
        if written == output.count {
          output += [UInt8](repeating: 0, count: min(limit + 1 - written, output.count))
        }
        let space = UInt32(clamping: output.count - written)
        status = output.withUnsafeMutableBufferPointer { buffer in
          stream.pointee.next_out = buffer.baseAddress.map { $0 + written }
          stream.pointee.avail_out = space
          return CZlib.inflate(stream, Z_NO_FLUSH)
        }
        written += Int(space - stream.pointee.avail_out)
      }
    }
    let consumed = file.bytes.count - Int(stream.pointee.avail_in)
    let reason: String? =
      switch status {
      case Z_STREAM_END where written <= limit && consumed == file.bytes.count: nil
      case Z_STREAM_END where written <= limit: "something follows the end of the gzip data"
      case Z_OK, Z_STREAM_END: "the gzip data holds more than \(limit) bytes"
      case Z_BUF_ERROR: "the gzip data is cut off"
      default: "the gzip data is corrupt (\(stream.pointee.msg.map { String(cString: $0) } ?? "\(status)"))"
      }
    if let reason {
      throw DataError.malformed(path: file.path, offset: consumed, reason: reason)
    }
    output.removeLast(output.count - written)
    return output
  }

  /// Decompresses a file of any size in memory of a fixed size; of files one after the other in it, all.
  /// - Parameters:
  ///   - url: The file.
  ///   - write: Told of the content, piece by piece.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if the file is no gzip file, cut off or corrupt, and what `write`
  ///   throws.
  package static func inflate(fileAt url: URL, _ write: (UnsafeRawBufferPointer) throws -> Void) throws {
    var stream = z_stream()
    try withUnsafeMutablePointer(to: &stream) { stream in
      let structSize = Int32(MemoryLayout<z_stream>.size)
      guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, structSize) == Z_OK else {
        throw DataError.file(.unreadable(path: url.path, reason: "zlib does not start"))
      }
      defer { inflateEnd(stream) }
      try inflate(fileAt: url, with: stream, write)
    }
  }

  private static func inflate(
    fileAt url: URL, with stream: UnsafeMutablePointer<z_stream>,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let handle = try? FileHandle(forReadingFrom: url) else {
      throw DataError.file(.unreadable(path: url.path, reason: "it does not open"))
    }
    defer { try? handle.close() }
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { output.deallocate() }
    func malformed(_ reason: String) -> DataError { .malformed(path: url.path, offset: nil, reason: reason) }
    var (status, isEmpty) = (Z_STREAM_END, true)
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      isEmpty = false
      var input = [UInt8](piece)
      try input.withUnsafeMutableBufferPointer { input in
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(input.count)
        repeat {
          if status == Z_STREAM_END, stream.pointee.avail_in > 0 { inflateReset(stream) }
          stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
          stream.pointee.avail_out = UInt32(output.count)
          status = CZlib.inflate(stream, Z_NO_FLUSH)
          guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw malformed(
              "the gzip data is corrupt (\(stream.pointee.msg.map { String(cString: $0) } ?? "\(status)"))")
          }
          try write(
            UnsafeRawBufferPointer(rebasing: output.prefix(output.count - Int(stream.pointee.avail_out))))
        } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
      }
    }
    guard status == Z_STREAM_END, !isEmpty else { throw malformed("the gzip data is cut off") }
  }

  /// The decompressed length that the last four bytes claim, kept within what deflate can reach.
  private static func declaredCount(_ bytes: [UInt8]) -> Int {
    let claimed = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return min(claimed, 1032 * bytes.count)
  }
}
