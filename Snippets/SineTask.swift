// A task of one's own.
import DirectFeedback

/// The configuration of ``SineTask``.
struct SineConfiguration: TaskConfiguration {
  /// The width of the two hidden layers; at least 1.
  var hidden = 64
  /// Length and rhythm; the batch is always the whole set.
  var training = TrainingConfiguration(epochs: 1_000)
  /// The optimizer.
  var optimizer = OptimizerConfiguration(Adam(), learningRate: 0.005)
  /// The feedback matrices.
  var feedback = FeedbackConfiguration()

  static let keys =
    [SettingKey("hidden", \Self.hidden, "the width of the two hidden layers", .within(1...maximumWidth))]
    + commonKeys
}

/// Regression of `y_k = sin(k x)`, k = 1 ... 8, on 256 points of [-π, π].
final class SineTask: TrainingTask {
  static let name = "sine"
  static let summary = "fit sines with a perceptron"
  static let presets = [Preset("sine", "two hidden layers of 64 units") { _ in SineConfiguration() }]
  static let metrics = [Metric.loss]
  static func datasets(_ configuration: SineConfiguration) -> [Dataset] { [] }

  let store: ParameterStore
  let stepsPerEpoch: Int? = 1
  private let network: MultilayerPerceptron
  private let x: Tensor

  init(_ configuration: SineConfiguration, _ environment: TaskEnvironment) throws {
    store = environment.parameterStore()
    var layers = MultilayerPerceptron.Settings()
    layers.hidden = [configuration.hidden, configuration.hidden]
    network = MultilayerPerceptron(store.root, layers, inputs: 1, classes: 8)
    x = (Tensor.range(0..<256, dtype: .float32) * (2 * Double.pi / 255) - Double.pi).reshaped([-1, 1])
      .to(environment.device)
  }

  func batch(_ step: Int) -> Tensor { x }

  func loss(_ x: Tensor, _ pass: Pass) -> Tensor {
    network(x, pass).meanSquaredError((x * Tensor.range(1..<9, dtype: .float32, device: x.device)).sin())
  }

  /// On the points themselves, and for the test between them.
  func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] {
    [.loss: loss(split == .test ? x + Double.pi / 255 : x, pass).item]
  }

  func alignmentBatch() -> Tensor { x }
}

let comparison = try Comparison(
  Experiment(SineTask.self), methods: [.bp, .dfa, .shallow], seeds: [0, 1, 2])
print(comparison.table(.loss).plain)
