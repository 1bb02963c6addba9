import Basics

/// Why training cannot go on.
public enum TrainingError: ReportableError, Equatable {
  /// The loss or a metric is NaN or infinite.
  case notFinite(metric: String, epoch: Int)

  /// `ExitCode.failure`.
  public var exitCode: Int32 { ExitCode.failure }

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .notFinite(let metric, let epoch):
      "\(metric) is not finite in epoch \(epoch + 1): training diverged; lower optimizer.learningRate or check the data"
    }
  }
}
