import Networks

/// Length and rhythm of training.
public struct TrainingConfiguration: Codable, Hashable, Sendable {
  /// Which epoch's metrics and weights are a run's result.
  public enum Selection: String, NamedChoice {
    /// The first epoch with the best validation metric.
    case bestValidation
    /// The last epoch.
    case last
  }

  /// Passes over the training data; at least 1.
  public var epochs: Int
  /// Samples in a step; at least 1. Tasks that train on everything at once ignore it.
  public var batchSize: Int
  /// Epochs between evaluations; at least 1.
  public var evaluateEvery: Int
  /// Epochs between measurements of alignment, kept as the metrics `alignment/POINT`; 0 measures none while training.
  public var alignmentEvery: Int
  /// Epochs without a better validation metric after which training stops; 0 never stops early.
  public var patience: Int
  /// Which epoch counts.
  public var selection: Selection

  /// Length and rhythm.
  public init(
    epochs: Int, batchSize: Int = 128, evaluateEvery: Int = 1, alignmentEvery: Int = 0,
    patience: Int = 0, selection: Selection = .bestValidation
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.evaluateEvery = evaluateEvery
    self.alignmentEvery = alignmentEvery
    self.patience = patience
    self.selection = selection
  }

  func validate() throws {
    try require(
      "training.epochs", (1...1_000_000_000).contains(epochs), "must be from 1 to 1000000000, not \(epochs)")
    try require("training.batchSize", batchSize >= 1, "must be at least 1, not \(batchSize)")
    try require("training.evaluateEvery", evaluateEvery >= 1, "must be at least 1, not \(evaluateEvery)")
    try require("training.alignmentEvery", alignmentEvery >= 0, "must be at least 0, not \(alignmentEvery)")
    try require("training.patience", patience >= 0, "must be at least 0, not \(patience)")
  }
}
