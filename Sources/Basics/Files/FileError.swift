import Foundation

/// A file that cannot be read or written, or does not hold what it should.
public enum FileError: ReportableError, Equatable {
  /// The operating system refused `action` on the file at `path` with the error number `code`.
  case system(action: String, path: String, code: Int32)
  /// The operating system would not give the file at `path`.
  case unreadable(path: String, reason: String)
  /// The file at `path` holds `byteCount` bytes although a checkpoint recorded `recorded` of them.
  case tooShort(path: String, byteCount: Int, recorded: Int)
  /// The file at `path` does not hold what it should.
  case damaged(path: String, reason: String)

  /// ``ExitCode/data``.
  public var exitCode: Int32 { ExitCode.data }
}

extension FileError: LocalizedError {
  /// One line that names the file, what was tried, the reason, and what to do where that is known.
  public var description: String {
    switch self {
    case .system(let action, let path, let code):
      let remedy = code == ENOSPC ? "; free some space, or choose another folder" : ""
      return "\(path): cannot \(action): \(String(cString: strerror(code)))\(remedy)"
    case .unreadable(let path, let reason):
      return "cannot read \(path): \(reason); check that the file exists and its permissions"
    case .tooShort(let path, let byteCount, let recorded):
      return "\(path): holds \(byteCount) bytes, but the checkpoint recorded \(recorded); it belongs to "
        + "another run or was changed: resume from an earlier checkpoint, or start the run again"
    case .damaged(let path, let reason):
      return "\(path): \(reason); restore the file, or choose another folder"
    }
  }

  /// The same line as `description`.
  public var errorDescription: String? { description }
}
