import FeedbackAlignment
import ImageClassification
import Networks
import TestSupport
import Testing
import Torch

@Suite("The multilayer perceptron") struct MultilayerPerceptronTests {
  /// - Parameter widths: The inputs, the widths of the hidden layers, and the classes.
  private func perceptron(
    _ scope: Scope, widths: [Int], _ adjust: (inout MultilayerPerceptron.Settings) -> Void = { _ in }
  ) -> MultilayerPerceptron {
    var settings = MultilayerPerceptron.Settings(hidden: Array(widths.dropFirst().dropLast()))
    adjust(&settings)
    return MultilayerPerceptron(scope, settings, inputs: widths[0], classes: widths[widths.count - 1])
  }

  @Test("Parameters are at documented paths, in documented shapes") func parameters() {
    let store = ParameterStore(seed: 1)
    _ = perceptron(store.root, widths: [6, 5, 4, 3])
    #expect(
      store.parameters.map(\.path) == [
        "hidden1/weight", "hidden1/bias", "hidden2/weight", "hidden2/bias", "head/weight", "head/bias",
      ])
    #expect(store.parameters.map(\.tensor.shape) == [[5, 6], [5], [4, 5], [4], [3, 4], [3]])
    #expect(store.buffers.isEmpty)
  }

  @Test("Batch normalisation adds its parameters and running statistics to every hidden layer")
  func batchNorm() {
    let store = ParameterStore(seed: 1)
    _ = perceptron(store.root, widths: [6, 5, 3]) { $0.batchNorm = true }
    #expect(
      store.parameters.map(\.path) == [
        "hidden1/weight", "hidden1/bias", "hidden1/norm/weight", "hidden1/norm/bias", "head/weight",
        "head/bias",
      ])
    #expect(store.buffers.map(\.path) == ["hidden1/norm/runningMean", "hidden1/norm/runningVariance"])
  }

  @Test("The perceptron of the paper has 1,915,210 weights and biases") func count() {
    let store = ParameterStore(seed: 1)
    _ = perceptron(store.root, widths: [784, 800, 800, 800, 10])
    #expect(store.parameterCount == 784 * 800 + 800 + 2 * (800 * 800 + 800) + 800 * 10 + 10)
  }

  @Test("The logits are W2 tanh(W1 x + b1) + b2") func logits() {
    let store = ParameterStore(seed: 2)
    let network = perceptron(store.root, widths: [4, 5, 3])
    let x = RandomGenerator(seed: 3).normal([7, 4])
    let t = store.tensors
    func dense(_ x: Tensor, _ name: String) -> Tensor {
      x.matmul(t["\(name)/weight"]!.transposed()) + t["\(name)/bias"]!
    }
    let expected = dense(dense(x, "hidden1").tanh(), "head")
    let found = network(x, Pass(.evaluation, generator: RandomGenerator(seed: 1)))
    #expect(found.maximumDifference(from: expected) < 1e-6)
  }

  @Test(
    "Of a bottleneck's weights as many learn as it says, always the same, and in the layers around it all")
  func bottleneck() throws {
    for method in [MethodName.bp, .dfa] {
      let store = ParameterStore(seed: 2)
      let network = perceptron(store.root, widths: [4, 8, 16, 7, 3]) { $0.bottleneck = 5 }
      func learning(_ name: String, seed: UInt64) throws -> [Bool] {
        let x = RandomGenerator(seed: seed).normal([7, 4])
        let step = method.make(FeedbackConfiguration(), seed: 1)
          .step(store.parameters, generator: RandomGenerator(seed: 1)) { network(x, $0).square().sum() }
        return try #require(step.gradients[name]).scalars(Float.self).map { $0 != 0 }
      }
      for (name, count) in [
        ("hidden1/weight", 8 * 4), ("hidden2/weight", 16 * 5), ("hidden2/bias", 10),
        ("hidden3/weight", 7 * 16),
      ] {
        let elements = try learning(name, seed: 3)
        #expect(elements.count { $0 } == count, "\(method) \(name)")
        #expect(try learning(name, seed: 4) == elements, "\(method) \(name)")
      }
    }
  }

  @Test(
    "The published bottleneck has no point below it, and lets down a share of the gradient of every place in a batch"
  )
  func publishedBottleneck() throws {
    for method in [MethodName.bp, .dfa] {
      let store = ParameterStore(seed: 2)
      let network = perceptron(store.root, widths: [4, 8, 16, 7, 3]) {
        ($0.bottleneck, $0.inputMaskRows) = (2, 6)
      }
      let x = RandomGenerator(seed: 3).normal([6, 4])
      let learning = try (0..<6).map { place in
        let step = method.make(FeedbackConfiguration(), seed: 1)
          .step(store.parameters, generator: RandomGenerator(seed: 1)) {
            network(x, $0).narrowed(0, start: place, length: 1).square().sum()
          }
        return try #require(step.gradients["hidden1/bias"]).scalars(Float.self).map { $0 != 0 }
      }
      #expect(learning.joined().count { $0 } == 6 * 2 && Set(learning).count > 1, "\(method)")
    }
  }

  @Test("Dropout draws in training only") func dropout() {
    let network = perceptron(ParameterStore(seed: 2).root, widths: [4, 50, 3]) {
      ($0.inputDropout, $0.dropout) = (0.2, 0.5)
    }
    let x = RandomGenerator(seed: 3).normal([7, 4])
    func logits(_ mode: Pass.Mode, _ seed: UInt64) -> Tensor {
      network(x, Pass(mode, generator: RandomGenerator(seed: seed)))
    }
    #expect(logits(.evaluation, 1).equals(logits(.evaluation, 2)))
    #expect(logits(.training, 1).equals(logits(.training, 1)))
    #expect(!logits(.training, 1).equals(logits(.training, 2)))
  }

  @Test("Of an image it takes all pixels, whatever its shape") func images() {
    let settings = MultilayerPerceptron.Settings(hidden: [5])
    let x = RandomGenerator(seed: 3).normal([7, 2, 3, 4])
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 1))
    let network = MultilayerPerceptron(
      ParameterStore(seed: 2).root, settings, imageShape: [2, 3, 4], classes: 3)
    let plain = MultilayerPerceptron(ParameterStore(seed: 2).root, settings, inputs: 24, classes: 3)
    #expect(network(x, pass).equals(plain(x.reshaped([7, 24]), pass)))
  }

  @Test("A bottleneck needs a layer below it, at least as wide, and a mask of inputs a bottleneck")
  func refused() {
    func check(_ adjust: (inout MultilayerPerceptron.Settings) -> Void) throws(SettingError) {
      var settings = MultilayerPerceptron.Settings(hidden: [8, 16])
      adjust(&settings)
      try settings.check()
    }
    #expect(throws: Never.self) { try check { ($0.bottleneck, $0.inputMaskRows) = (8, 128) } }
    #expect(throws: SettingError.self) { try check { $0.bottleneck = 9 } }
    #expect(throws: SettingError.self) { try check { $0.bottleneck = 0 } }
    #expect(throws: SettingError.self) { try check { ($0.bottleneck, $0.hidden) = (1, [8]) } }
    #expect(throws: SettingError.self) { try check { $0.inputMaskRows = 128 } }
    #expect(throws: SettingError.self) { try check { $0.hidden = [8, 0] } }
    #expect(throws: SettingError.self) { try check { $0.dropout = 1 } }
  }

  @Test("Without a hidden layer it is a linear classifier") func linear() {
    let store = ParameterStore(seed: 2)
    let network = perceptron(store.root, widths: [4, 3])
    #expect(store.parameters.map(\.path) == ["head/weight", "head/bias"])
    let logits = network(Tensor.zeros([2, 4]), Pass(.evaluation, generator: RandomGenerator(seed: 1)))
    #expect(logits.shape == [2, 3])
  }
}
