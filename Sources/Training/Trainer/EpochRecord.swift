/// What is known at the end of an epoch: a line of `metrics.jsonl`.
public struct EpochRecord: Codable, Equatable, Sendable {
  /// Epochs done.
  public let epoch: Int
  /// Steps done.
  public let step: Int
  /// The learning rate of the epoch's last step.
  public let learningRate: Double
  /// `trainLoss`, and what the task evaluated.
  public let metrics: [String: Double]
  /// Seconds of training in the epoch, without evaluation.
  public let seconds: Double
}
