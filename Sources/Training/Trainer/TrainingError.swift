import Basics

/// Why training cannot continue.
public enum TrainingError: ReportableError, Equatable {
  /// The loss, a metric or a tensor is NaN or infinite after so many steps.
  case notFinite(String, step: Int)

  /// `ExitCode.failure`.
  public var exitCode: Int32 { ExitCode.failure }

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .notFinite(let name, let step):
      "\(name) is not finite after step \(step): training diverged; lower optimizer.learningRate or check the data"
    }
  }
}
