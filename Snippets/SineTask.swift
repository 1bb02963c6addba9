// A task of one's own.
import DirectFeedback

/// The configuration of ``SineTask``.
struct SineConfiguration: TaskConfiguration {
  /// The width of the two hidden layers; at least 1.
  var hidden = 64
  /// Length and rhythm; the batch is always the whole set.
  var training = TrainingConfiguration(epochs: 1_000)
  /// The optimizer.
  var optimizer = OptimizerConfiguration(.adam, learningRate: 0.005)
  /// The feedback matrices.
  var feedback = FeedbackConfiguration()

  func validate() throws {
    guard hidden >= 1 else {
      throw ConfigurationError.value(key: "hidden", reason: "must be at least 1, not \(hidden)")
    }
  }
}

/// Regression of `y_k = sin(k x)`, k = 1 ... 8, on 256 points of [-π, π].
final class SineTask: TrainingTask {
  static let name = "sine"
  static let summary = "fit sines with a perceptron"
  static let presets = [Preset("sine", "two hidden layers of 64 units") { _ in SineConfiguration() }]
  static let validationMetric = Metric("validationError", higherIsBetter: false)
  static let testMetric = Metric("testError", higherIsBetter: false)
  static func datasets(_ configuration: SineConfiguration) -> [Dataset] { [] }

  let store: ParameterStore
  let stepsPerEpoch = 1
  private let weightDecay: Double
  private let network: MultilayerPerceptron
  private let x: Tensor

  init(_ configuration: SineConfiguration, _ environment: TaskEnvironment) throws {
    store = environment.parameterStore()
    weightDecay = configuration.optimizer.weightDecay
    network = MultilayerPerceptron(store.root, widths: [1, configuration.hidden, configuration.hidden, 8])
    x = (Tensor.range(0..<256, dtype: .float32) * (2 * Double.pi / 255) - Double.pi).reshaped([-1, 1])
      .to(environment.device)
  }

  var parameterGroups: [ParameterGroup] { [ParameterGroup(store.parameters, weightDecay: weightDecay)] }

  func batch(epoch: Int, step: Int) -> Tensor { x }

  func loss(_ x: Tensor, _ pass: Pass) -> Tensor {
    network(x, pass).meanSquaredError((x * Tensor.range(1..<9, dtype: .float32, device: x.device)).sin())
  }

  func evaluate(_ pass: Pass) -> [String: Double] {
    let between = x + Double.pi / 255
    return ["validationError": loss(x, pass).item, "testError": loss(between, pass).item]
  }

  func alignmentBatch() -> Tensor { x }
}

let comparison = try Comparison(
  Experiment(SineTask.self), methods: [.bp, .dfa, .shallow], seeds: [0, 1, 2])
print(comparison.table(SineTask.testMetric).plain)
