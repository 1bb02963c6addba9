import Basics

/// Runs that failed by their own settings, after others have been reported.
public struct RunsFailed: ReportableError, Equatable {
  /// How many.
  public let count: Int
  /// The first of them, and why it failed.
  public let first: String

  /// Failed runs.
  public init(count: Int, first: String) { (self.count, self.first) = (count, first) }

  /// `ExitCode.failure`.
  public var exitCode: Int32 { ExitCode.failure }
  /// How many failed, and why the first did.
  public var description: String {
    count == 1 ? "a run failed: \(first)" : "\(count) runs failed, the first with: \(first)"
  }
}
