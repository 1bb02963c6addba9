import DirectFeedback

/// Everything that a run of ``SpiralTask`` can be told, by `--set` or a file.
struct SpiralConfiguration: TaskConfiguration {
  /// The width of the two hidden layers; at least 1.
  var hidden = 64
  /// Length and rhythm; the batch is always the whole set.
  var training = TrainingConfiguration(epochs: 200)
  /// The optimizer.
  var optimizer = OptimizerConfiguration(.adam, learningRate: 0.01)
  /// The feedback matrices.
  var feedback = FeedbackConfiguration()

  func validate() throws {
    guard hidden >= 1 else {
      throw ConfigurationError.value(key: "hidden", reason: "must be at least 1, not \(hidden)")
    }
  }
}

/// Tells on which of three spiral arms a point lies.
final class SpiralTask: TrainingTask {
  static let name = "spiral"
  static let summary = "tell on which of three spiral arms a point lies"
  static let presets = [Preset("spiral", "two hidden layers of 64 units") { _ in SpiralConfiguration() }]
  static let validationMetric = Metric("validationAccuracy", higherIsBetter: true, isFraction: true)
  static let testMetric = Metric("testAccuracy", higherIsBetter: true, isFraction: true)
  static func datasets(_ configuration: SpiralConfiguration) -> [Dataset] { [] }

  let store: ParameterStore
  let stepsPerEpoch = 1
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

  var parameterGroups: [ParameterGroup] { [ParameterGroup(store.parameters)] }

  func batch(epoch: Int, step: Int) -> Tensor { training }

  func loss(_ rows: Tensor, _ pass: Pass) -> Tensor { logits(rows, pass).crossEntropy(arms(rows)) }

  func evaluate(_ pass: Pass) -> [String: Double] {
    [
      "validationAccuracy": accuracy(logits(validation, pass), arms(validation)),
      "testAccuracy": accuracy(logits(test, pass), arms(test)),
    ]
  }

  func alignmentBatch() -> Tensor { test }
}
