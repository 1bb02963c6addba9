import FeedbackAlignment
import ImageClassification
import Networks
import TestSupport
import Testing
import Torch

@Suite("The multilayer perceptron") struct MultilayerPerceptronTests {
  @Test("Parameters are at documented paths, in documented shapes") func parameters() {
    let store = ParameterStore(seed: 1)
    _ = MultilayerPerceptron(store.root, widths: [6, 5, 4, 3])
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
    _ = MultilayerPerceptron(store.root, widths: [6, 5, 3], batchNorm: true)
    #expect(
      store.parameters.map(\.path) == [
        "hidden1/weight", "hidden1/bias", "hidden1/norm/weight", "hidden1/norm/bias", "head/weight",
        "head/bias",
      ])
    #expect(store.buffers.map(\.path) == ["hidden1/norm/runningMean", "hidden1/norm/runningVariance"])
  }

  @Test("The perceptron of the paper has 1,915,210 weights and biases") func count() {
    let store = ParameterStore(seed: 1)
    _ = MultilayerPerceptron(store.root, widths: [784, 800, 800, 800, 10])
    #expect(store.parameterCount == 784 * 800 + 800 + 2 * (800 * 800 + 800) + 800 * 10 + 10)
  }

  @Test("The logits are W2 tanh(W1 x + b1) + b2") func logits() {
    let store = ParameterStore(seed: 2)
    let network = MultilayerPerceptron(store.root, widths: [4, 5, 3])
    let x = RandomGenerator(seed: 3).normal([7, 4])
    let t = store.tensors
    func dense(_ x: Tensor, _ name: String) -> Tensor {
      x.matmul(t["\(name)/weight"]!.transposed()) + t["\(name)/bias"]!
    }
    let expected = dense(dense(x, "hidden1").tanh(), "head")
    let found = network(x, Pass(.evaluation, generator: RandomGenerator(seed: 1)))
    #expect(found.greatestDifference(from: expected) < 1e-6)
  }

  @Test("In a bottleneck as many units learn as it says, and the others stay as they are") func bottleneck()
    throws
  {
    for method in [MethodName.bp, .dfa] {
      let store = ParameterStore(seed: 2)
      let network = MultilayerPerceptron(store.root, widths: [4, 9, 8, 7, 3], bottleneck: 5)
      let x = RandomGenerator(seed: 3).normal([7, 4])
      let step = method.make(FeedbackConfiguration(), seed: 1)
        .step(store.parameters, generator: RandomGenerator(seed: 1)) { network(x, $0).square().sum() }
      func learning(_ layer: String) throws -> Int {
        let rows = try #require(step.gradients["\(layer)/weight"]).abs().sum(1)
        return rows.scalars(Float.self).count { $0 > 0 }
      }
      #expect(try [learning("hidden1"), learning("hidden2"), learning("hidden3")] == [9, 5, 7])
    }
  }

  @Test("Dropout draws in training only") func dropout() {
    let network = MultilayerPerceptron(
      ParameterStore(seed: 2).root, widths: [4, 50, 3], inputDropout: 0.2, dropout: 0.5)
    let x = RandomGenerator(seed: 3).normal([7, 4])
    func logits(_ mode: Pass.Mode, _ seed: UInt64) -> Tensor {
      network(x, Pass(mode, generator: RandomGenerator(seed: seed)))
    }
    #expect(logits(.evaluation, 1).equals(logits(.evaluation, 2)))
    #expect(logits(.training, 1).equals(logits(.training, 1)))
    #expect(!logits(.training, 1).equals(logits(.training, 2)))
  }

  @Test("Without a hidden layer it is a linear classifier") func linear() {
    let store = ParameterStore(seed: 2)
    let network = MultilayerPerceptron(store.root, widths: [4, 3])
    #expect(store.parameters.map(\.path) == ["head/weight", "head/bias"])
    let logits = network(Tensor.zeros([2, 4]), Pass(.evaluation, generator: RandomGenerator(seed: 1)))
    #expect(logits.shape == [2, 3])
  }
}
