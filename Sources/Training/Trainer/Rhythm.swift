import Networks

/// What comes every so often in training.
public enum Rhythm: Sendable {
  /// Records of the training loss.
  case log
  /// Evaluations of the validation data.
  case evaluation
  /// Measurements of alignment.
  case alignment
  /// Checkpoints, besides those of the clock.
  case checkpoint

  /// How often a configuration wants it; nil for never.
  func span(_ training: TrainingConfiguration, hasEpochs: Bool) -> Span? {
    switch self {
    case .log: training.logEvery ?? (hasEpochs ? .epochs(1) : training.evaluateEvery)
    case .evaluation: training.evaluateEvery
    case .alignment: training.alignmentEvery
    case .checkpoint: training.checkpointEvery
    }
  }
}
