import DirectFeedback

/// What is measured: a network with random data, or a preset of a task with its own.
package struct BenchmarkSubject {
  /// The names under which results are kept.
  package struct Labels: Encodable, Sendable {
    /// The name of a benchmark network.
    package var network: String?
    /// The task of a preset.
    package var task: String?
    /// The preset.
    package var preset: String?

    /// The network, else the preset.
    package var title: String { network ?? preset ?? "" }
  }

  /// The names.
  package let labels: Labels
  /// Where it runs.
  package let device: Device
  private let make: (BenchmarkMethod) throws -> Contestant

  /// A benchmark network.
  /// - Parameters:
  ///   - network: The network.
  ///   - batch: Rows of its batch; its own when nil.
  ///   - device: Where it runs.
  ///   - datasets: Where the data are of a network that is a preset.
  /// - Throws: `ConfigurationError` when there is no such preset.
  package init(
    _ network: BenchmarkNetwork, batch: Int? = nil, device: Device, datasets: DatasetStore = DatasetStore()
  ) throws {
    switch network.content {
    case .synthetic(let synthetic):
      labels = Labels(network: network.name)
      self.device = device
      make = { try Contestant(synthetic, $0, batch: batch ?? synthetic.batch, device: device) }
    case .preset(let task, let preset):
      self = try Self.subject(task, preset, network.name, batch, device, datasets)
    }
  }

  private static func subject<Task: TrainingTask>(
    _ task: Task.Type, _ preset: String, _ network: String, _ batch: Int?, _ device: Device,
    _ datasets: DatasetStore
  ) throws -> BenchmarkSubject {
    BenchmarkSubject(
      try Experiment(
        task, preset: preset, assignments: batch.map { ["training.batchSize=\($0)"] } ?? [], device: device,
        datasets: datasets), network: network)
  }

  /// A preset, on the first batch of its first epoch.
  /// - Parameters:
  ///   - experiment: The preset.
  ///   - network: The name of the benchmark network that it is, if it is one.
  package init<Task: TrainingTask>(_ experiment: Experiment<Task>, network: String? = nil) {
    labels = Labels(network: network, task: Task.name, preset: experiment.preset)
    device = experiment.device
    make = { try Contestant(experiment, $0) }
  }

  /// A graph convolutional network on a random graph.
  /// - Parameters:
  ///   - graph: The graph with what is known of its nodes.
  ///   - hidden: The width of the hidden layer.
  package init(_ graph: RandomGraph, hidden: Int) {
    labels = Labels(network: "gcn-random")
    device = graph.device
    make = { try Contestant(graph, hidden: hidden, $0) }
  }

  /// A new network, method and optimizer, ready to step; equal but for the method.
  /// - Throws: What a task throws when its data are missing.
  package func contestant(_ method: BenchmarkMethod) throws -> Contestant { try make(method) }
}
