import Foundation
import Networks
import TestSupport
import Testing
import Torch

@Suite("Layers") struct LayerTests {
  private let evaluation = Pass(.evaluation, generator: RandomGenerator(seed: 1))

  @Test("Linear keeps what every layer keeps", arguments: [[4, 3], [3], [2, 2, 3]]) func linear(
    _ shape: [Int]
  ) {
    let expected = shape.dropLast() + [5]
    #expect(
      checkLayer(inputShape: shape, outputShape: Array(expected), parameters: ["weight", "bias"]) {
        Linear($0, 3, 5)
      } == [])
    #expect(
      checkLayer(inputShape: shape, outputShape: Array(expected), parameters: ["weight"]) {
        Linear($0, 3, 5, bias: false)
      } == [])
  }

  @Test("Linear: gradient of sum(layer(x)) matches analytic dW, db, dx") func linearGradients() throws {
    let layer = Linear(ParameterStore(seed: 1).root, 3, 2)
    let bias = try #require(layer.bias)
    let pass = Pass(.training, generator: RandomGenerator(seed: 0))
    let x = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]).requiringGradient()
    let results = gradients(of: [layer(x, pass).sum()], for: [layer.weight.tensor, bias.tensor, x])
    #expect(results[0]?.scalars(Float.self) == [5, 7, 9, 5, 7, 9])
    #expect(results[1]?.scalars(Float.self) == [2, 2])
    let columns = layer.weight.tensor.detached().sum(0).scalars(Float.self)
    #expect(results[2]?.scalars(Float.self) == columns + columns)
  }

  @Test("BatchNorm keeps what every layer keeps", arguments: [[6, 3], [2, 3, 2, 2]]) func batchNorm(
    _ shape: [Int]
  ) {
    #expect(
      checkLayer(
        inputShape: shape, outputShape: shape, parameters: ["weight", "bias"],
        buffers: ["runningMean", "runningVariance"]
      ) { BatchNorm($0, 3) } == [])
  }

  @Test("Conv2d keeps what every layer keeps") func conv2d() {
    #expect(
      checkLayer(inputShape: [2, 3, 5, 4], outputShape: [2, 2, 3, 2], parameters: ["weight", "bias"]) {
        Conv2d($0, 3, 2, size: 3, stride: 2, padding: 1)
      } == [])
  }

  @Test("GradientMask hands on its input and the gradient of as many elements as it says, by its seed")
  func gradientMask() throws {
    func gradient(rows: Int, seed: UInt64 = 1) throws -> [Float] {
      let layer = GradientMask(ParameterStore(seed: seed).root, [3, 50], passing: 60)
      let x = RandomGenerator(seed: 2).normal([rows, 50]).requiringGradient()
      let y = layer(x)
      #expect(y.detached().equals(x.detached()))
      return try #require(gradients(of: [y.sum()], for: [x])[0]).scalars(Float.self)
    }
    let mask = try gradient(rows: 3)
    #expect(Set(mask) == [0, 1] && mask.reduce(0, +) == 60)
    #expect(try gradient(rows: 3, seed: 2) != mask)
    #expect(try gradient(rows: 2) == Array(mask.prefix(100)), "the first rows of the mask")
    #expect(try gradient(rows: 7) == mask + mask + mask.prefix(50), "the mask again and again")
  }

  @Test("Dropout2d drops whole channels, and only in training") func dropout2d() {
    let x = Tensor.ones([4, 50, 3, 2])
    let layer = Dropout2d(0.4)
    #expect(layer(x, evaluation).equals(x))
    let y = layer(x, Pass(.training, generator: RandomGenerator(seed: 3))).reshaped([200, 6])
    let kept = y.max(1)
    #expect(kept.equals(y.min(1)))
    #expect(abs(kept.mean().item - 1) < 0.15)
    #expect(Set(kept.scalars(Float.self)) == [0, 1 / (1 - 0.4)])
  }

  @Test("LayerNorm keeps what every layer keeps", arguments: [[4, 3], [2, 2, 3]]) func layerNorm(
    _ shape: [Int]
  ) {
    #expect(
      checkLayer(inputShape: shape, outputShape: shape, parameters: ["weight", "bias"]) { LayerNorm($0, 3) }
        == [])
  }

  @Test("MultiHeadAttention keeps what every layer keeps", arguments: [false, true])
  func attention(isCausal: Bool) {
    #expect(
      checkLayer(
        inputShape: [2, 3, 4], outputShape: [2, 3, 4],
        parameters: ["in/weight", "in/bias", "out/weight", "out/bias"]
      ) { MultiHeadAttention($0, 4, heads: 2, isCausal: isCausal) } == [])
  }

  @Test("Causal attention does not see what follows") func causality() {
    let layer = MultiHeadAttention(ParameterStore(seed: 1).root, 4, heads: 2, isCausal: true)
    let x = RandomGenerator(seed: 2).normal([1, 3, 4])
    let changed = Tensor.concatenated([x.narrowed(1, start: 0, length: 2), Tensor.ones([1, 1, 4])], 1)
    let (before, after) = (layer(x, evaluation), layer(changed, evaluation))
    #expect(before.narrowed(1, start: 0, length: 2).equals(after.narrowed(1, start: 0, length: 2)))
    #expect(!before.equals(after))
  }

  @Test("Attention agrees with its formula, head by head") func attentionFormula() throws {
    let store = ParameterStore(seed: 1)
    let layer = MultiHeadAttention(store.root, 4, heads: 2)
    let x = RandomGenerator(seed: 2).normal([3, 4])
    func parameter(_ path: String) throws -> Tensor { try #require(store.tensors[path]) }
    let parts = try x.linear(weight: parameter("in/weight"), bias: parameter("in/bias"))
    let heads = (0..<2).map { head in
      let (q, k, v) = (
        parts.narrowed(1, start: 2 * head, length: 2), parts.narrowed(1, start: 4 + 2 * head, length: 2),
        parts.narrowed(1, start: 8 + 2 * head, length: 2)
      )
      return (q.matmul(k.transposed()) / 2.0.squareRoot()).softmax().matmul(v)
    }
    let expected = try Tensor.concatenated(heads, 1)
      .linear(weight: parameter("out/weight"), bias: parameter("out/bias"))
    #expect(layer(x.unsqueezed(0), evaluation).squeezed(0).maximumDifference(from: expected) < 1e-6)
  }

  @Test("Embedding takes rows, and only those get a gradient; it starts normal") func embedding() throws {
    let layer = Embedding(ParameterStore(seed: 1).root, 5_000, 4)
    let weight = layer.weight.tensor
    let y = layer(Tensor([2, 0, 2], shape: [1, 3]), evaluation)
    #expect(y.shape == [1, 3, 4])
    #expect(y.selected(0, 0).selected(0, 1).equals(weight.selected(0, 0)))
    let gradient = try #require(gradients(of: [y.sum()], for: [weight])[0])
    #expect(gradient.narrowed(0, start: 0, length: 4).sum(1).scalars(Float.self) == [4, 0, 8, 0])
    #expect(abs(weight.mean().item) < 0.05 && abs(weight.square().mean().item - 1) < 0.05)
  }

  @Test("Dropout keeps what every layer keeps", arguments: [0, 0.3, 1]) func dropout(_ probability: Double) {
    #expect(checkLayer(inputShape: [4, 5], outputShape: [4, 5]) { _ in Dropout(probability) } == [])
  }

  @Test(
    "Activations keep what every layer keeps",
    arguments: [
      Activation.tanh, .relu, .leakyReLU(slope: 0.1), .leakyReLU(slope: -0.5), .abs, .elu, .sigmoid,
      .identity,
    ])
  func activations(_ activation: Activation) {
    #expect(checkLayer(inputShape: [2, 4], outputShape: [2, 4]) { _ in activation } == [])
  }

  @Test("The checker sees a wrong path, shape and gradient, and randomness in evaluation") func checker() {
    struct Wrong: Layer {
      let weight: Parameter
      func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
        (x * weight.tensor + weight.tensor.detached() * pass.generator.uniform([1])).reshaped([-1])
      }
    }
    let violations = checkLayer(inputShape: [2, 1], outputShape: [2, 1], parameters: ["w"]) {
      Wrong(weight: $0.parameter("weight", [1], .constant(1)))
    }
    #expect(violations.contains { $0.contains("layer/weight") })
    #expect(violations.contains { $0.contains("the output is [2]") })
    #expect(violations.contains("evaluation is not deterministic"))
    #expect(violations.contains { $0.contains("by differences") })
  }

  @Test("BatchNorm agrees with PyTorch in training and evaluation, in its outputs and its running statistics")
  func batchNormGolden() throws {
    let store = ParameterStore(seed: 1)
    let layer = BatchNorm(store.root, 3)
    let weight = try #require(store.tensors["weight"])
    weight.copy(from: Tensor([1, -2, 0.5] as [Float]))
    store.tensors["bias"]?.copy(from: Tensor([0, 1, -1] as [Float]))
    for (index, input) in BatchNormGolden.inputs.enumerated() {
      let pass = Pass(index < 2 ? .training : .evaluation, generator: RandomGenerator(seed: 1))
      let output = layer(Tensor(input, shape: [4, 3]), pass).detached()
      let expected = Tensor(BatchNormGolden.outputs[index], shape: [4, 3])
      #expect(output.maximumDifference(from: expected) < 1e-6)
    }
    let mean = try #require(store.tensors["runningMean"])
    let variance = try #require(store.tensors["runningVariance"])
    #expect(mean.maximumDifference(from: Tensor(BatchNormGolden.runningMean)) < 1e-6)
    #expect(variance.maximumDifference(from: Tensor(BatchNormGolden.runningVariance)) < 1e-6)
  }

  @Test("Dropout is the tensor itself outside training and with probability 0") func dropoutIdentity() {
    let x = Tensor.ones([3])
    let training = Pass(.training, generator: RandomGenerator(seed: 1))
    #expect(Dropout(0.5)(x, evaluation).isSame(as: x))
    #expect(Dropout(0)(x, training).isSame(as: x))
    #expect(Set(Dropout(0.75)(Tensor.ones([200]), training).scalars(Float.self)) == [0, 4])
  }

  @Test("A dropout probability outside 0...1 ends the process", arguments: [-0.1, 1.5])
  func dropoutProbability(_ probability: Double) async {
    await #expect(processExitsWith: .failure) { [probability] in _ = Dropout(probability) }
  }
}
