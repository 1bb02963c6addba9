import FeedbackAlignment
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

  /// When parameters move.
  public enum Update: String, NamedChoice {
    /// All at once, when every gradient has been made.
    case together
    /// Each as soon as its gradient is complete, which is then freed; the results are the same.
    case fused
  }

  /// Passes over the training data; at least 1.
  public var epochs: Int
  /// Samples in a step; at least 1. Tasks that train on everything at once ignore it.
  public var batchSize: Int
  /// Parts of a batch that are run one after the other, their gradients added up before the update; at least 1.
  /// The step is that of the whole batch, but for layers that look at the batch as a whole (batch
  /// normalisation), with the activations of one part.
  public var microBatches: Int
  /// What is kept of the forward pass, by methods that need not keep it all.
  public var memory: ActivationMemory
  /// When parameters move.
  public var update: Update
  /// What the network computes in.
  public var precision: Precision
  /// Whether the operations of a step are captured once, as a CUDA graph, and then launched as a whole. A step
  /// that cannot be captured (on the CPU, with dropout, with a learning rate that changes in every step) is run
  /// as without, and a notice says why.
  public var capture: Bool
  /// CUDA streams over which a method that cuts the graph spreads the segments between its points; from 1 to
  /// 32. With more than one, all activations are kept until the step ends. The CPU has none.
  public var streams: Int
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
    epochs: Int, batchSize: Int = 128, microBatches: Int = 1, memory: ActivationMemory = .whole,
    update: Update = .together, precision: Precision = .float32, capture: Bool = false,
    streams: Int = 1, evaluateEvery: Int = 1,
    alignmentEvery: Int = 0, patience: Int = 0, selection: Selection = .bestValidation
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.microBatches = microBatches
    self.memory = memory
    self.update = update
    self.precision = precision
    self.capture = capture
    self.streams = streams
    self.evaluateEvery = evaluateEvery
    self.alignmentEvery = alignmentEvery
    self.patience = patience
    self.selection = selection
  }

  func validate() throws {
    try require(
      "training.epochs", (1...1_000_000_000).contains(epochs), "must be from 1 to 1000000000, not \(epochs)")
    try require("training.batchSize", batchSize >= 1, "must be at least 1, not \(batchSize)")
    try require("training.microBatches", microBatches >= 1, "must be at least 1, not \(microBatches)")
    try require("training.streams", (1...32).contains(streams), "must be from 1 to 32, not \(streams)")
    try require("training.evaluateEvery", evaluateEvery >= 1, "must be at least 1, not \(evaluateEvery)")
    try require("training.alignmentEvery", alignmentEvery >= 0, "must be at least 0, not \(alignmentEvery)")
    try require("training.patience", patience >= 0, "must be at least 0, not \(patience)")
  }
}
