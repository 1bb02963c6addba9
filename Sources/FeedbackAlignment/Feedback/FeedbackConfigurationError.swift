import Basics

/// A setting of the feedback that cannot be.
public struct FeedbackConfigurationError: ReportableError, Equatable {
  /// The property of ``FeedbackConfiguration``.
  public let key: String
  /// What is wrong with its value and what to do.
  public let reason: String

  /// `ExitCode.usage`.
  public var exitCode: Int32 { ExitCode.usage }

  /// The key, what is wrong and what to do.
  public var description: String { "feedback.\(key): \(reason)" }
}
