import Basics

/// A search that cannot be resumed, or came to nothing.
public enum SearchError: ReportableError, Equatable {
  /// Another search was begun in the folder.
  case differs(folder: String, key: String, stored: String, asked: String)
  /// No trial has a result.
  case allFailed(reason: String)

  /// `ExitCode.usage` for a folder that holds another search, else `ExitCode.failure`.
  public var exitCode: Int32 {
    switch self {
    case .differs: ExitCode.usage
    case .allFailed: ExitCode.failure
    }
  }

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .differs(let folder, let key, let stored, let asked):
      "\(folder) holds another search: \(key) is \(stored) there, and \(asked) now; repeat its options (search.yaml), or choose another --output"
    case .allFailed(let reason): "every trial failed, the first one with: \(reason)"
    }
  }
}
