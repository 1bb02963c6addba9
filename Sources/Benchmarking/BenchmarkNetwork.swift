import DirectFeedback

/// A network of a real size with random data, for measuring steps. The data lie on the device before the
/// first step, so that a step is training and nothing else.
package struct BenchmarkNetwork: Sendable {
  /// The name, such as `nerf-8x256`.
  package let name: String
  /// What it is, in one line.
  package let summary: String
  /// Rows of a batch (sequences, where rows are sequences) when not told otherwise.
  package let batch: Int
  /// The optimizer of a step.
  package let optimizer: OptimizerConfiguration
  /// The feedback of methods that have some.
  package let feedback: FeedbackConfiguration
  private let network: @Sendable (Scope, BenchmarkData) -> (Pass) -> Tensor

  /// A network.
  /// - Parameter network: Makes the network in a scope and its data, and returns the loss of a pass.
  init(
    _ name: String, _ summary: String, batch: Int, optimizer: OptimizerConfiguration,
    feedback: FeedbackConfiguration = FeedbackConfiguration(),
    network: @escaping @Sendable (Scope, BenchmarkData) -> (Pass) -> Tensor
  ) {
    self.name = name
    self.summary = summary
    self.batch = batch
    self.optimizer = optimizer
    self.feedback = feedback
    self.network = network
  }

  /// Makes the network and its data.
  /// - Parameters:
  ///   - store: Where the parameters are; data lie on its device.
  ///   - seed: What the data are drawn from.
  ///   - batch: Rows of the batch.
  /// - Returns: The loss of a pass.
  package func build(_ store: ParameterStore, seed: UInt64, batch: Int) -> (Pass) -> Tensor {
    network(
      store.root, BenchmarkData(generator: RandomGenerator(seed: seed, device: store.device), batch: batch))
  }

  /// Every network with a name of its own.
  package static let all: [BenchmarkNetwork] = [
    .perceptron3072, .perceptron784, .perceptron1024, .deepPerceptron(depth: 64, width: 1_024),
    .smallPerceptron, .radianceField8x256, .radianceField4x128, .microTransformer, .macroTransformer,
    .deepFactorizationMachine, .deepCross,
  ]

  /// The network of a name.
  /// - Throws: `ConfigurationError` with the nearest name.
  package static func named(_ name: String) throws -> BenchmarkNetwork {
    guard let network = all.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("network", name, among: names)
    }
    return network
  }

  /// The network that is measured as a preset of a task, on its real graph.
  package static let graphNetwork = "gcn-cora"
  /// That preset: it has the same width for every method.
  package static let graphPreset = "gcn-cora-published"

  /// The names of all networks.
  package static var names: [String] { all.map(\.name) + [graphNetwork] }
}
