import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Prediction whether a row is positive: an advertisement clicked, an app used, a film liked; by an ``InteractionModel``.
///
/// **Source** Launay et al. 2020, section 3.1, tables 2, A.1 and A.3.
public final class ClickThroughRateTask: TrainingTask {
  /// `ctr`
  public static let name = "ctr"
  /// What the task is.
  public static let summary =
    "predict clicks and other interactions (Criteo, Avazu, Frappe, MovieLens, your own) from categories"
  /// The configurations with a name.
  public static let presets = ClickThroughRateConfiguration.presets
  /// The area under the curve, which selects weights, and the mean cross-entropy.
  public static let metrics = [Metric.areaUnderCurve, .logLoss]

  /// The data set; none for a folder of prepared rows, which no catalogue knows.
  public static func datasets(_ configuration: ClickThroughRateConfiguration) -> [Dataset] {
    configuration.dataset.datasets
  }

  /// That of the prepared rows.
  public static func dataDigest(
    _ configuration: ClickThroughRateConfiguration, in datasets: DatasetStore
  ) throws -> String { try configuration.dataset.prepared(configuration.rows, in: datasets).digest }

  /// The network's parameters.
  public let store: ParameterStore
  /// The prepared rows.
  public let data: PreparedData
  /// The batches of training.
  public let loader: FeatureLoader

  private let network: any InteractionModel

  /// Prepares the rows, or finds them prepared, and makes the network.
  /// - Throws: What ``Preparation`` and ``PreparedData`` throw.
  public init(_ configuration: ClickThroughRateConfiguration, _ environment: TaskEnvironment) throws {
    data = try configuration.dataset.prepared(configuration.rows, in: environment.datasets)
    loader = try FeatureLoader(
      data, .training, batchSize: configuration.training.batchSize ?? data.count(.training),
      order: configuration.order == .fixed ? .fixed : .shuffled(seed: environment.seed),
      device: environment.device)
    store = environment.parameterStore()
    network = configuration.model.settings.makeModel(
      store.root, FieldSizes(count: data.fieldCount, tableSize: data.tableSize))
  }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int? { loader.stepsPerEpoch }

  /// The rows of a step.
  public func batch(_ step: Int) throws -> FeatureBatch { try loader.batch(step) }

  /// The rows.
  public func sampleCount(of batch: FeatureBatch) -> Int { batch.sampleCount }

  /// Parts of the rows.
  public func microBatches(of batch: FeatureBatch, count: Int) -> [MicroBatch<FeatureBatch>] {
    batch.parts(count, ofAtLeast: store.fewestSamples)
  }

  /// The mean cross-entropy.
  public func loss(_ batch: FeatureBatch, _ pass: Pass) -> Tensor {
    network(batch.features, pass).squeezed(1).binaryCrossEntropyWithLogits(batch.labels)
  }

  /// The area under the curve, exact, and the mean cross-entropy on the rows of validation or test; nothing where there are none.
  /// - Throws: `RankingError` where rows are of one class, or all have one score.
  public func evaluate(_ split: Split, _ pass: Pass) throws -> [Metric: Double] {
    guard split != .training, data.count(split) > 0 else { return [:] }
    let loader = try FeatureLoader(
      data, split, batchSize: Self.rowsAtATime, order: .fixed, device: store.device)
    var (logits, labels): ([Tensor], [Tensor]) = ([], [])
    for place in 0..<loader.stepsPerEpoch {
      let batch = try loader.batch(place, of: loader.stepsPerEpoch)
      logits.append(self.logits(batch.features, pass).to(.cpu))
      labels.append(batch.labels.to(.cpu))
    }
    let (scores, targets) = (Tensor.concatenated(logits), Tensor.concatenated(labels))
    let least = scores.min().item
    guard scores.max().item != least else {
      throw RankingError.constant(score: least, rows: scores.count)
    }
    return [
      .areaUnderCurve: try RankingMetrics(scores, labels: targets).areaUnderCurve,
      .logLoss: scores.to(.float64).binaryCrossEntropyWithLogits(targets.to(.float64)).item,
    ]
  }

  /// The first validation rows; test rows where there are none.
  public func alignmentBatch() throws -> FeatureBatch {
    let split = data.count(.validation) > 0 ? Split.validation : .test
    return try data.batch(split, 0..<min(1_000, data.count(split))).to(store.device)
  }
}

extension ClickThroughRateTask: InteractionTask {
  /// How many rows networks are given at a time where nothing is learned. They always get as many, filled up with the first row, so
  /// that a row's logit is the same to the bit whatever the rows beside it, in evaluation and in prediction.
  static let rowsAtATime = 4_096

  /// The logits of any number of rows.
  ///
  /// **Shape** `[B, F]` of `int64` to `[B]`
  public func logits(_ features: Tensor, _ pass: Pass) -> Tensor {
    let rows = features.shape[0]
    guard rows > 0 else { return Tensor.zeros([0], device: store.device) }
    let parts = stride(from: 0, to: rows, by: Self.rowsAtATime).map { start in
      let length = min(Self.rowsAtATime, rows - start)
      let part = features.narrowed(0, start: start, length: length)
      let padding = features.narrowed(0, start: 0, length: 1)
        .expanded([Self.rowsAtATime - length, features.shape[1]])
      let full = length == Self.rowsAtATime ? part : Tensor.concatenated([part, padding], 0)
      return network(full, pass).squeezed(1).narrowed(0, start: 0, length: length)
    }
    return Tensor.concatenated(parts)
  }
}

extension ClickThroughRateTask: PredictingTask {
  /// The first test rows, at most a thousand: `features`, `labels` and `logits`.
  public func predictions(_ pass: Pass) throws -> [String: Tensor] {
    let batch = try data.batch(.test, 0..<min(1_000, data.count(.test))).to(store.device)
    return [
      "features": batch.features, "labels": batch.labels, "logits": logits(batch.features, pass),
    ]
  }
}
