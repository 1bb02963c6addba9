import Basics

/// A tensor that cannot be the feedback matrix of a configuration.
public struct FeedbackMatrixError: ReportableError, Equatable {
  /// The output or point, and the part of its matrix.
  public let path: String
  /// What is there.
  public let found: String
  /// What the configuration asks for.
  public let expected: String

  /// An error of one tensor.
  public init(path: String, found: String, expected: String) {
    self.path = path
    self.found = found
    self.expected = expected
  }

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// What is there and what should be.
  public var description: String {
    "has the feedback matrix '\(path)' of \(found) where there must be \(expected)"
  }
}
