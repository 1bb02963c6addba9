import Networks

/// How far a run has come: with the tensors of a checkpoint, all that is needed to go on.
public struct TrainingProgress: Codable, Equatable, Sendable {
  /// Epochs done.
  public internal(set) var epoch = 0
  /// Steps done in the present epoch.
  public internal(set) var stepInEpoch = 0
  /// Steps done.
  public internal(set) var step = 0
  /// Seconds of training in the present epoch.
  var epochSeconds = 0.0
  /// The evaluated epoch with the best validation metric.
  public internal(set) var best: EpochRecord?
  /// The last evaluated epoch.
  public internal(set) var last: EpochRecord?
  /// Evaluated epochs since the best.
  var stagnation = 0
  /// The learning rate's state.
  var learningRate = LearningRate.State()
  /// Whether training has ended.
  public internal(set) var isFinished = false
  /// The length of `metrics.jsonl`, in bytes.
  var metricsByteCount = 0
}
