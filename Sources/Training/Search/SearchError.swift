import Basics

/// A search that came to nothing.
public enum SearchError: ReportableError, Equatable {
  /// No trial has a result.
  case allFailed(reason: String)

  /// `ExitCode.failure`.
  public var exitCode: Int32 { ExitCode.failure }

  /// What is wrong.
  public var description: String {
    switch self {
    case .allFailed(let reason): "every trial failed, the first one with: \(reason)"
    }
  }
}
