import CZlib

/// The entries of a zip file, stored or deflated, as NumPy writes them.
///
/// What the file says of sizes is checked against its length before memory is asked for: an entry can be no longer than
/// deflate makes it from its compressed bytes (1,032 times), and no longer than the reader allows. Checksums are verified.
package struct ZipArchive: Sendable {
  private struct Entry {
    let method, compressedCount, count, headerStart: Int
    let checksum: UInt32
  }

  /// The names of the entries, in the order of the file's directory.
  package let names: [String]
  private let file: DataFile
  private let entries: [String: Entry]
  private let directoryStart: Int
  private let remedy: String

  /// Whether bytes begin as a zip file does.
  package static func isArchive(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4b, 3, 4]) }

  /// Reads the directory of a file.
  /// - Parameters:
  ///   - file: The file.
  ///   - remedy: What to do where it is damaged.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` when it is none, cut off, encrypted or of 4 GiB and more.
  package init(_ file: DataFile, remedy: String = "save it again, such as by numpy.savez") throws(DataError) {
    func fail(_ reason: String) -> DataError {
      .unusable(path: file.path, reason: reason, remedy: remedy)
    }
    let bytes = file.bytes
    guard let end = Self.endRecord(bytes) else { throw fail("the zip file is cut off, or is none") }
    let count = Self.number(bytes, end + 10, 2)
    let (size, start) = (Self.number(bytes, end + 12, 4), Self.number(bytes, end + 16, 4))
    guard count < 0xffff, size < 0xffff_ffff, start < 0xffff_ffff else {
      throw .unusable(
        path: file.path, reason: "a zip file of 4 GiB or more, or of 65,535 entries or more, is not read",
        remedy: "save fewer or smaller arrays in it")
    }
    guard start + size <= end else { throw fail("the zip directory lies outside the file") }
    var (names, entries): ([String], [String: Entry]) = ([], [:])
    var place = start
    var total = 0
    for _ in 0..<count {
      guard place + 46 <= start + size, Self.number(bytes, place, 4) == 0x0201_4b50 else {
        throw fail("the zip directory ends after \(names.count) of \(count) entries")
      }
      let flags = Self.number(bytes, place + 8, 2)
      let lengths = [28, 30, 32].map { Self.number(bytes, place + $0, 2) }
      let next = place + 46 + lengths.reduce(0, +)
      guard next <= start + size else { throw fail("the zip directory is cut off within a name") }
      let name = String(decoding: bytes[(place + 46)..<(place + 46 + lengths[0])], as: UTF8.self)
      guard flags & 1 == 0 else { throw fail("the entry \"\(name)\" is encrypted") }
      let entry = Entry(
        method: Self.number(bytes, place + 10, 2), compressedCount: Self.number(bytes, place + 20, 4),
        count: Self.number(bytes, place + 24, 4), headerStart: Self.number(bytes, place + 42, 4),
        checksum: UInt32(Self.number(bytes, place + 16, 4)))
      guard entries.updateValue(entry, forKey: name) == nil else {
        throw fail("the zip file has two entries \"\(name)\"")
      }
      total += entry.compressedCount
      names.append(name)
      place = next
    }
    guard total <= start else { throw fail("the entries of the zip file are longer than the file") }
    (self.file, self.names, self.entries, directoryStart) = (file, names, entries, start)
    self.remedy = remedy
  }

  /// The content of an entry; nil when there is none of this name.
  /// - Parameter limit: The most bytes that are accepted.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` when it is damaged or longer than the limit.
  package func content(_ name: String, limit: Int) throws(DataError) -> [UInt8]? {
    guard let entry = entries[name] else { return nil }
    func fail(_ reason: String) -> DataError {
      .unusable(path: file.path, reason: "the entry \"\(name)\" \(reason)", remedy: remedy)
    }
    guard entry.count <= limit else {
      throw .unusable(
        path: file.path,
        reason: "the entry \"\(name)\" has \(entry.count) bytes, where at most \(limit) are read",
        remedy: "save less in it")
    }
    let header = entry.headerStart
    guard header + 30 <= directoryStart, Self.number(file.bytes, header, 4) == 0x0403_4b50 else {
      throw fail("is not where the zip directory says")
    }
    let start =
      header + 30 + Self.number(file.bytes, header + 26, 2) + Self.number(file.bytes, header + 28, 2)
    guard start + entry.compressedCount <= directoryStart else { throw fail("is cut off") }
    let compressed = start..<start + entry.compressedCount
    let content: [UInt8]
    switch entry.method {
    case 0:
      guard entry.count == entry.compressedCount else {
        throw fail("is stored in another length than it has")
      }
      content = Array(file.bytes[compressed])
    case 8:
      guard entry.count <= 1_032 * entry.compressedCount + 64 else {
        throw fail(
          "claims more bytes (\(entry.count)) than its \(entry.compressedCount) compressed ones can hold")
      }
      guard let inflated = Self.inflated(file.bytes, compressed, count: entry.count) else {
        throw fail("is corrupt: its compressed data do not give \(entry.count) bytes")
      }
      content = inflated
    default:
      throw fail("is compressed by method \(entry.method), where only stored and deflated ones are read")
    }
    let checksum = content.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    guard UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
      throw fail("does not have its checksum")
    }
    return content
  }

  /// What a range of bytes holds that deflate compressed; nil when it is not so many bytes, or corrupt.
  private static func inflated(_ bytes: [UInt8], _ range: Range<Int>, count: Int) -> [UInt8]? {
    var stream = z_stream()
    // -15: the largest window, without a header.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: count + 1)
    let status = bytes[range].withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { buffer in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = buffer.baseAddress
        // Entries have less than 4 GiB.
        stream.avail_out = UInt32(clamping: buffer.count)
        return CZlib.inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, stream.avail_in == 0, Int(stream.total_out) == count else { return nil }
    output.removeLast()
    return output
  }

  /// Where the record at the end of a zip file begins: the last one whose comment ends with the file.
  private static func endRecord(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    let last = bytes.count - 22
    for start in stride(from: last, through: max(0, last - 0xffff), by: -1)
    where number(bytes, start, 4) == 0x0605_4b50 && start + 22 + number(bytes, start + 20, 2) == bytes.count {
      return start
    }
    return nil
  }

  /// A little-endian number of a few bytes.
  private static func number(_ bytes: [UInt8], _ start: Int, _ width: Int) -> Int {
    (0..<width).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
  }
}
