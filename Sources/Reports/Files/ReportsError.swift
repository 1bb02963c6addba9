import Foundation

/// What can go wrong while a report, a metrics file or an events file is written.
public enum ReportsError: Error, Equatable, Sendable {
  /// The operating system refused `action` on the file at `path` with the error number `code`.
  case system(action: String, path: String, code: Int32)
  /// The file at `path` holds `byteCount` bytes although a checkpoint recorded `recorded` of them.
  case fileTooShort(path: String, byteCount: Int, recorded: Int)
  /// A picture cannot be put into a file's form.
  case image(reason: String)
}

extension ReportsError: CustomStringConvertible, LocalizedError {
  /// One line that names the file, what was tried, the reason, and what to do where that is known.
  public var description: String {
    switch self {
    case .system(let action, let path, let code):
      let remedy = code == ENOSPC ? "; free some space, or choose another folder" : ""
      return "\(path): cannot \(action): \(String(cString: strerror(code)))\(remedy)"
    case .fileTooShort(let path, let byteCount, let recorded):
      return "\(path): holds \(byteCount) bytes, but the checkpoint recorded \(recorded); it belongs to "
        + "another run or was changed: resume from an earlier checkpoint, or start the run again"
    case .image(let reason):
      return "a picture cannot be written as PNG: \(reason)"
    }
  }

  /// The same line as `description`.
  public var errorDescription: String? { description }
}
