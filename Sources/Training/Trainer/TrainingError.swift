/// Why training cannot go on.
public enum TrainingError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The loss or a metric is NaN or infinite.
  case notFinite(metric: String, epoch: Int)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .notFinite(let metric, let epoch):
      "\(metric) is not finite in epoch \(epoch + 1): training diverged; lower optimizer.learningRate or check the data"
    }
  }
}
