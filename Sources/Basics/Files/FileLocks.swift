import Foundation

/// Locks on a file that several processes work on, one for each number; they end with the process that holds them.
///
/// They say something to other holders of locks only: reading and writing go on. Where the file system has none,
/// every lock is granted.
package final class FileLocks {
  /// `F_OFD_SETLK` and `F_OFD_SETLKW` of Linux, which Swift's Glibc lacks: locks that belong to the open file.
  private static let set: Int32 = 37
  private static let setWhenFree: Int32 = 38

  private let descriptor: Int32

  /// - Throws: ``FileError/system(action:path:code:)`` when the file can be neither opened nor created.
  package init(_ url: URL) throws {
    descriptor = open(url.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError.system(action: "open", path: url.path, code: errno) }
  }

  deinit { close(descriptor) }

  /// Does something while no other holder has the lock of this number.
  /// - Parameters:
  ///   - number: At least 0. The file need not be as long.
  ///   - waits: Whether to wait for another holder.
  /// - Returns: Nil when another has it and is not waited for.
  @discardableResult
  package func holding<Value>(_ number: Int64, waits: Bool = true, _ work: () throws -> Value) rethrows
    -> Value?
  {
    guard apply(F_WRLCK, number, waits ? Self.setWhenFree : Self.set) else { return nil }
    defer { _ = apply(F_UNLCK, number, Self.set) }
    return try work()
  }

  /// - Returns: False when another holder has the lock.
  private func apply(_ type: Int32, _ number: Int64, _ command: Int32) -> Bool {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(number)
    lock.l_len = 1
    while true {
      if fcntl(descriptor, command, &lock) == 0 { return true }
      if errno != EINTR { return errno != EAGAIN && errno != EACCES }
    }
  }
}
