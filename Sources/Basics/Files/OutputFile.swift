import Foundation

/// A file open for writing, whose failures name the file; closed when it is no longer referred to.
package final class OutputFile {
  /// Where the file is.
  package let path: String
  /// Length of the file in bytes, kept up to date by `append` and `truncate`.
  package private(set) var byteCount: Int

  private let descriptor: Int32

  /// Opens the file at `url` and positions it at its end.
  ///
  /// - Parameter exclusively: when true the file must not exist yet.
  /// - Throws: ``FileError/system(action:path:code:)`` when it cannot be opened.
  package init(_ url: URL, exclusively: Bool = false) throws {
    path = url.path
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (exclusively ? O_EXCL : 0), 0o666)
    guard descriptor >= 0 else { throw FileError.system(action: "open", path: path, code: errno) }
    byteCount = max(Int(lseek(descriptor, 0, SEEK_END)), 0)
  }

  deinit { close(descriptor) }

  /// Writes all of `data` at the end of the file. When that fails, what was written of it is taken back, so
  /// that the file never ends in half a record.
  ///
  /// - Throws: ``FileError/system(action:path:code:)``, for example on a full disk.
  package func append(_ data: Data) throws {
    do {
      try data.withUnsafeBytes { try writeAll($0) }
    } catch {
      ftruncate(descriptor, off_t(byteCount))
      throw error
    }
    byteCount += data.count
  }

  /// Cuts the file off after `count` bytes.
  ///
  /// - Throws: ``FileError/system(action:path:code:)``.
  package func truncate(to count: Int) throws {
    try check(Int(ftruncate(descriptor, off_t(count))), "truncate")
    byteCount = count
  }

  /// Waits until everything written is on the disk.
  ///
  /// - Throws: ``FileError/system(action:path:code:)``.
  package func synchronize() throws {
    try check(Int(fsync(descriptor)), "synchronize")
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      try check(count, "write")
      rest = rest.dropFirst(count)
    }
  }

  private func check(_ status: Int, _ action: String) throws {
    guard status >= 0 else { throw FileError.system(action: action, path: path, code: errno) }
  }
}
