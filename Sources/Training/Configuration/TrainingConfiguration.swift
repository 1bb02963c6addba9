import FeedbackAlignment
import Networks

/// Length and rhythm of training, and how its steps are made.
///
/// Time is counted in steps. Spans may be written in epochs where the task has some.
public struct TrainingConfiguration: Settings {
  /// Which evaluation's metrics and weights are a run's result.
  public enum Selection: String, NamedChoice {
    /// The first with the best value of the task's first metric on the validation data.
    case bestValidation
    /// The last.
    case last
  }

  /// When parameters move.
  public enum Update: String, NamedChoice {
    /// All at once, when every gradient has been made.
    case together
    /// Each as soon as its gradient is complete, which is then freed; the results are the same.
    case fused
  }

  /// Passes over the training data; nil where ``steps`` says how long.
  public var epochs: Int? = 1
  /// Updates of the parameters; nil where ``epochs`` says how long.
  public var steps: Int?
  /// Samples in a step; nil for tasks that train on everything at once.
  public var batchSize: Int?
  /// Parts of a batch that are run one after the other, their gradients added up before the update; at least 1.
  /// The step is that of the whole batch, but for layers that look at the batch as a whole (batch
  /// normalisation), with the activations of one part.
  public var microBatches = 1
  /// What is kept of the forward pass, by methods that need not keep it all.
  public var memory = ActivationMemory.whole
  /// When parameters move.
  public var update = Update.together
  /// What the network computes in.
  public var precision = Precision.float32
  /// Whether the operations of a step are captured once, as a CUDA graph, and then launched as a whole. A step
  /// that cannot be captured (on the CPU, with dropout, with a learning rate that changes in every step) is run
  /// as without, and a notice says why.
  public var capture = false
  /// CUDA streams over which a method that cuts the graph spreads the segments between its points; from 1 to
  /// 32. With more than one, all activations are kept until the step ends. The CPU has none.
  public var streams = 1
  /// How often the training loss is recorded; when nil, every epoch, or with evaluations where there are none.
  public var logEvery: Span?
  /// How often the validation data are evaluated.
  public var evaluateEvery = Span.epochs(1)
  /// How often alignment is measured, and kept as the metrics `alignment/POINT`; never while training when nil.
  public var alignmentEvery: Span?
  /// How often a checkpoint is written; nil leaves that to the clock alone (every half minute).
  public var checkpointEvery: Span?
  /// For how long training continues without a better value of the validation metric; nil never stops early.
  public var patience: Span?
  /// Which evaluation counts.
  public var selection = Selection.bestValidation

  /// One epoch.
  public init() {}

  /// So many epochs.
  public init(epochs: Int, batchSize: Int? = nil, selection: Selection = .bestValidation) {
    (self.epochs, self.batchSize, self.selection) = (epochs, batchSize, selection)
  }

  /// So many steps, with an evaluation every so often.
  public init(steps: Int, batchSize: Int? = nil, evaluateEvery: Span, selection: Selection = .bestValidation)
  {
    (epochs, self.steps, self.batchSize) = (nil, steps, batchSize)
    (self.evaluateEvery, self.selection) = (evaluateEvery, selection)
  }

  /// The keys in files.
  public static let keys = [
    SettingKey(
      "epochs", optional: \Self.epochs, "passes over the training data; null where steps says how long",
      .within(1...1_000_000_000), insteadOf: "steps"),
    SettingKey(
      "steps", optional: \Self.steps, "updates of the parameters; null where epochs says how long",
      .within(1...1_000_000_000_000), insteadOf: "epochs"),
    SettingKey(
      "batchSize", optional: \Self.batchSize,
      "samples in a step; null where every step sees all data", .atLeast(1)),
    SettingKey(
      "microBatches", \Self.microBatches, "parts of a batch that are run one after the other", .atLeast(1)),
    SettingKey("memory", \Self.memory, "what is kept of the forward pass: all, or one segment (replay)"),
    SettingKey("update", \Self.update, "whether parameters move together, or each with its gradient (fused)"),
    SettingKey("precision", \Self.precision, "what products are computed in"),
    SettingKey("capture", \Self.capture, "whether steps are captured as a CUDA graph where that can be"),
    SettingKey("streams", \Self.streams, "CUDA streams for the segments of a network", .within(1...32)),
    SettingKey(
      "logEvery", optional: \Self.logEvery,
      "how often the training loss is recorded; null: every epoch, or with evaluations"),
    SettingKey("evaluateEvery", \Self.evaluateEvery, "how often the validation data are evaluated"),
    SettingKey(
      "alignmentEvery", optional: \Self.alignmentEvery, "how often alignment is measured; null: never"),
    SettingKey(
      "checkpointEvery", optional: \Self.checkpointEvery,
      "how often a checkpoint is written, besides every half minute; null: not besides"),
    SettingKey(
      "patience", optional: \Self.patience,
      "for how long training continues without a better validation metric; null: to its end"),
    SettingKey("selection", \Self.selection, "which evaluation's metrics and weights are the result"),
  ]

  /// One of the two lengths must be there.
  public func validate() throws(SettingError) {
    try require("epochs", epochs != nil || steps != nil, "must be a number, or steps must be")
    try require(
      "epochs", epochs == nil || steps == nil, "must be null where steps is not: one of them says how long")
  }

  /// The steps of the run.
  /// - Parameter stepsPerEpoch: The steps of an epoch; nil where the task has none.
  /// - Throws: ``SettingError`` where the length or a rhythm counts epochs that the task does not have.
  func stepCount(stepsPerEpoch: Int?) throws(SettingError) -> Int {
    let rhythms = [
      ("logEvery", logEvery), ("evaluateEvery", evaluateEvery), ("alignmentEvery", alignmentEvery),
      ("checkpointEvery", checkpointEvery), ("patience", patience),
    ]
    for (key, span) in rhythms { _ = try span?.steps(stepsPerEpoch: stepsPerEpoch, key: "training.\(key)") }
    let length = steps.map(Span.steps) ?? .epochs(epochs ?? 1)
    return try length.steps(stepsPerEpoch: stepsPerEpoch, key: "training.epochs")
  }

  /// The same for less time.
  mutating func shorten(toEpochs limit: Int) {
    if let epochs { self.epochs = min(epochs, limit) }
    guard let steps else { return }
    let shortest = evaluateEvery.unit == .steps ? evaluateEvery.count : 1
    self.steps = min(steps, limit * shortest)
  }
}
