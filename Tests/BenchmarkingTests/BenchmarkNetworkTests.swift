import Benchmarking
import DirectFeedback
import Testing

@Suite("Benchmark networks", .serialized) struct BenchmarkNetworkTests {
  /// All networks, the deep one with few layers, so that the tests need little memory.
  static let networks = BenchmarkNetwork.all.map {
    $0.name == "mlp-deep" ? BenchmarkNetwork.deepPerceptron(depth: 4, width: 1_024) : $0
  }

  @Test("Every network has finite losses and gradients by every method", arguments: networks.map(\.name))
  func steps(_ name: String) throws {
    let network = try #require(Self.networks.first { $0.name == name })
    #expect(!network.summary.isEmpty && network.batch > 0)
    for method in MethodName.allCases {
      let store = ParameterStore(seed: 1)
      let loss = network.build(store, seed: 2, batch: 4)
      let optimizer = network.optimizer.make(store.parameters)
      let training = method.make(network.feedback, seed: 3)
      for _ in 0..<2 {
        let step = training.step(store.parameters, generator: RandomGenerator(seed: 4), loss: loss)
        #expect(step.loss.shape == [] && step.loss.isAllFinite)
        #expect(step.gradients.tensors.allSatisfy { $0?.isAllFinite ?? (method == .shallow) })
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
    let network = try BenchmarkNetwork.named(name)
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
    #expect(try BenchmarkNetwork.named("mlp-784").name == "mlp-784")
    let error = #expect(throws: ConfigurationError.self) { try BenchmarkNetwork.named("nerf-8x265") }
    #expect("\(try #require(error))" == "unknown network 'nerf-8x265'; did you mean 'nerf-8x256'?")
    #expect(Set(BenchmarkNetwork.all.map(\.name)).count == BenchmarkNetwork.all.count)
  }
}
