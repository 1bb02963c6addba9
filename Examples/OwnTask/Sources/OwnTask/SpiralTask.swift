import DirectFeedback

/// Everything that a run of ``SpiralTask`` can be told, by `--set` or a file.
struct SpiralConfiguration: TaskConfiguration {
  /// The width of the two hidden layers; at least 1.
  var hidden = 64
  /// Length and rhythm; the batch is always the whole set.
  var training = TrainingConfiguration(epochs: 200)
  /// The optimizer.
  var optimizer = OptimizerConfiguration(Adam(), learningRate: 0.01)
  /// The feedback matrices.
  var feedback = FeedbackConfiguration()

  static let keys =
    [SettingKey("hidden", \Self.hidden, "the width of the two hidden layers", .atLeast(1))] + commonKeys
}

/// Tells on which of three spiral arms a point lies.
final class SpiralTask: TrainingTask {
  static let name = "spiral"
  static let summary = "tell on which of three spiral arms a point lies"
  static let presets = [Preset("spiral", "two hidden layers of 64 units") { _ in SpiralConfiguration() }]
  static let metrics = [Metric.accuracy]
  static func datasets(_ configuration: SpiralConfiguration) -> [Dataset] { [] }

  let store: ParameterStore
  let stepsPerEpoch: Int? = 1
  private let layers: [(linear: Linear, point: FeedbackPoint)]
  private let head: Linear
  private let output: FeedbackOutput
  private let training, validation, test: Tensor

  init(_ configuration: SpiralConfiguration, _ environment: TaskEnvironment) throws {
    store = environment.parameterStore()
    let (scope, output) = (store.root, FeedbackOutput(store.root / "logits"))
    layers = [2, configuration.hidden].enumerated().map { index, inputs in
      let name = scope / "hidden\(index + 1)"
      return (Linear(name, inputs, configuration.hidden), FeedbackPoint(name, of: output))
    }
    head = Linear(scope / "head", configuration.hidden, 3)
    self.output = output
    training = Self.spiral(600, seed: 1).to(environment.device)
    validation = Self.spiral(300, seed: 2).to(environment.device)
    test = Self.spiral(300, seed: 3).to(environment.device)
  }

  /// Points and their arms, 0 to 2; **Shape** `[count, 3]`
  private static func spiral(_ count: Int, seed: UInt64) -> Tensor {
    let generator = RandomGenerator(seed: seed)
    let (radius, arm) = (generator.uniform([count]), (generator.uniform([count]) * 3.0).floor())
    let angle = radius * 5.0 + arm * (2 * Double.pi / 3) + generator.normal([count]) * 0.2
    return Tensor.stacked([radius * angle.cos(), radius * angle.sin(), arm], 1)
  }

  private func logits(_ rows: Tensor, _ pass: Pass) -> Tensor {
    let points = rows.narrowed(1, start: 0, length: 2)
    let hidden = layers.reduce(points) { x, layer in layer.point(layer.linear(x, pass).tanh(), pass) }
    return output(head(hidden, pass), pass)
  }

  private func arms(_ rows: Tensor) -> Tensor { rows.selected(1, 2).to(.int64) }

  func batch(_ step: Int) -> Tensor { training }

  func loss(_ rows: Tensor, _ pass: Pass) -> Tensor { logits(rows, pass).crossEntropy(arms(rows)) }

  func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] {
    let rows =
      switch split {
      case .training: training
      case .validation: validation
      case .test: test
      }
    return [.accuracy: accuracy(logits(rows, pass), arms(rows))]
  }

  func alignmentBatch() -> Tensor { test }
}
