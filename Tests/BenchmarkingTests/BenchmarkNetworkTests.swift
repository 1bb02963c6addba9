import Benchmarking
import DirectFeedback
import Testing

@Suite("Benchmark networks", .serialized) struct BenchmarkNetworkTests {
  /// All networks, the deep one with few layers, so that the tests need little memory.
  static let networks: [(name: String, network: SyntheticNetwork)] = TaskFamily.all.benchmarks
    .compactMap {
      let network = $0.name == "mlp-deep" ? .deepPerceptron(depth: 4, width: 1_024) : $0
      guard case .synthetic(let synthetic) = network.content else { return nil }
      return (network.name, synthetic)
    }

  @Test("Every network has finite losses and gradients by every method", arguments: networks.map(\.name))
  func steps(_ name: String) throws {
    let network = try #require(Self.networks.first { $0.name == name }).network
    #expect(network.batch > 0)
    for method in MethodName.allCases {
      let store = ParameterStore(seed: 1)
      let loss = network.build(store, seed: 2, batch: 4)
      let optimizer = try network.optimizer.make(store.parameters)
      let training = method.make(network.feedback, seed: 3)
      for _ in 0..<2 {
        let step = training.step(store.parameters, generator: RandomGenerator(seed: 4), loss: loss)
        #expect(step.loss.shape == [] && step.loss.isAllFinite)
        #expect(step.gradients.tensors.allSatisfy { $0?.isAllFinite ?? !method.row.trainsBelowPoints })
        optimizer.update(step.gradients, rate: network.optimizer.learningRate)
      }
      #expect(store.parameters.allSatisfy { $0.tensor.isAllFinite })
    }
  }

  @Test(
    "The multiply-accumulates of DFA are this part of backpropagation's",
    arguments: [
      ("mlp-784", 0.750), ("mlp-3072", 0.854), ("mlp-1024x12", 0.686), ("nerf-8x256", 0.673),
      ("nerf-4x128", 0.691),
      ("transformer-micro", 0.86), ("transformer-macro", 0.97),
    ])
  func limits(_ name: String, _ expected: Double) throws {
    let network = try TaskFamily.all.benchmarkNetwork(named: name)
    let counts = try [MethodName.bp, .dfa].map { method in
      let contestant = try BenchmarkSubject(network, batch: 2, device: .cpu)
        .contestant(BenchmarkMethod(method))
      contestant.step()
      return contestant.trace().multiplyAccumulates
    }
    let limit = Double(counts[1]) / Double(counts[0])
    #expect(abs(limit - expected) < 0.005, "the limit of \(name) is \(limit)")
  }

  @Test("A name that is unknown names the nearest") func names() throws {
    let families = TaskFamily.all
    #expect(try families.benchmarkNetwork(named: "mlp-784").name == "mlp-784")
    let error = #expect(throws: ConfigurationError.self) {
      try families.benchmarkNetwork(named: "nerf-8x265")
    }
    #expect("\(try #require(error))" == "unknown network 'nerf-8x265'; did you mean 'nerf-8x256'?")
    let networks = families.benchmarks
    #expect(Set(networks.map(\.name)).count == networks.count)
    #expect(networks.allSatisfy { !$0.summary.isEmpty })
  }

  @Test("A network that is a preset is measured as that preset, with its batch")
  func preset() throws {
    let network = BenchmarkNetwork(
      "digits", "a small perceptron", task: ImageClassificationTask.self, preset: "debug")
    let labels = try BenchmarkSubject(network, batch: 16, device: .cpu).labels
    #expect(labels.network == "digits" && labels.title == "digits")
    #expect(labels.task == "image" && labels.preset == "debug")
    let unknown = BenchmarkNetwork("digits", "none", task: ImageClassificationTask.self, preset: "debag")
    #expect(throws: ConfigurationError.self) { try BenchmarkSubject(unknown, device: .cpu) }
  }
}
