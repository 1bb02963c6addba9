import Basics
import Foundation

/// A file that several threads read or write, each at places of its own.
final class RandomAccessFile: Sendable {
  /// Where it is.
  let path: String
  private let descriptor: Int32

  /// Opens a file for reading.
  /// - Throws: `FileError`.
  init(reading url: URL) throws {
    path = url.path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError.system(action: "open", path: path, code: errno) }
  }

  /// Opens a file for writing, or creates it.
  /// - Throws: `FileError`.
  init(writing url: URL) throws {
    path = url.path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError.system(action: "open", path: path, code: errno) }
  }

  deinit { close(descriptor) }

  /// The length in bytes.
  var byteCount: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Reads at most `count` bytes.
  /// - Returns: How many; 0 at the end.
  /// - Throws: `FileError`.
  func read(into bytes: UnsafeMutableRawPointer, count: Int, at offset: Int) throws -> Int {
    while true {
      let read = pread(descriptor, bytes, count, off_t(offset))
      if read >= 0 { return read }
      if errno != EINTR { throw FileError.system(action: "read", path: path, code: errno) }
    }
  }

  /// Writes bytes at a place.
  /// - Throws: `FileError`, for example on a full disk.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var written = 0
    while written < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, off_t(offset + written))
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError.system(action: "write", path: path, code: errno)
      }
      written += count
    }
  }

  /// Makes the file of this length.
  /// - Throws: `FileError`.
  func resize(to count: Int) throws {
    guard ftruncate(descriptor, off_t(count)) == 0 else {
      throw FileError.system(action: "resize", path: path, code: errno)
    }
  }

  /// Waits until all that was written is on the disk.
  /// - Throws: `FileError`.
  func synchronize() throws {
    guard fsync(descriptor) == 0 else {
      throw FileError.system(action: "synchronize", path: path, code: errno)
    }
  }

  /// The bytes of the whole file, mapped; until ``unmap(_:)``.
  /// - Throws: `FileError`.
  func mapped() throws -> UnsafeRawBufferPointer {
    let count = byteCount
    guard count > 0, let start = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED
    else {
      throw FileError.system(action: "map", path: path, code: count > 0 ? errno : EINVAL)
    }
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  /// Ends a mapping.
  static func unmap(_ bytes: UnsafeRawBufferPointer) {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }
}
