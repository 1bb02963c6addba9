import TestSupport
import Testing
import Torch

/// An operation with the shapes of its operands.
struct Operation: Sendable, CustomStringConvertible {
  let description: String
  let shapes: [[Int]]
  let domain: @Sendable (Tensor) -> Tensor
  let apply: @Sendable ([Tensor]) -> Tensor

  init(
    _ description: String, _ shapes: [Int]..., domain: @escaping @Sendable (Tensor) -> Tensor = { $0 },
    _ apply: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.description = description
    self.shapes = shapes
    self.domain = domain
    self.apply = apply
  }

  static func positive(_ x: Tensor) -> Tensor { x.abs() + 0.5 }
  /// Away from zero, where the function has a corner.
  static func cornerless(_ x: Tensor) -> Tensor { x + x.sign() * 0.1 }
  /// Apart from each other, so that no step changes which is the largest.
  static func spread(_ x: Tensor) -> Tensor {
    x + Tensor.range(0..<x.count, dtype: .float64).reshaped(x.shape) * 0.37
  }
}

@Suite("Gradients of operations") struct GradientTests {
  static let operations: [Operation] = [
    Operation("+", [2, 3], [3]) { $0[0] + $0[1] },
    Operation("-", [2, 3], [2, 1]) { $0[0] - $0[1] },
    Operation("*", [2, 3], [3]) { $0[0] * $0[1] },
    Operation("/", [2, 3], [3], domain: Operation.positive) { $0[0] / $0[1] },
    Operation("numbers", [3]) { (($0[0] + 2) * 3 - 1) / 7 },
    Operation("negative", [3]) { -$0[0] },
    Operation("pow", [3], [3], domain: Operation.positive) { $0[0].pow($0[1]) },
    Operation("pow of a number", [3], domain: Operation.positive) { $0[0].pow(2.5) },
    Operation("maximum", [4], [4]) { $0[0].maximum($0[1]) },
    Operation("minimum", [4], [4]) { $0[0].minimum($0[1]) },
    Operation("clamped", [6], domain: Operation.cornerless) {
      $0[0].clamped(minimum: -0.02).clamped(maximum: 0.9)
    },
    Operation("abs", [4], domain: Operation.cornerless) { $0[0].abs() },
    Operation("cos, sin", [3]) { $0[0].cos() * $0[0].sin() },
    Operation("erf", [3]) { $0[0].erf() },
    Operation("exp, expm1", [3]) { $0[0].exp() + $0[0].expm1() },
    Operation("log, log1p", [3], domain: Operation.positive) { $0[0].log() + $0[0].log1p() },
    Operation("reciprocal", [3], domain: Operation.positive) { $0[0].reciprocal() },
    Operation("rsqrt, sqrt", [3], domain: Operation.positive) { $0[0].rsqrt() + $0[0].sqrt() },
    Operation("square", [3]) { $0[0].square() },
    Operation("matmul", [2, 3], [3, 4]) { $0[0].matmul($0[1]) },
    Operation("batched matmul", [2, 2, 3], [3, 2]) { $0[0].matmul($0[1]) },
    Operation("sum, mean", [2, 3]) { $0[0].sum() * $0[0].mean() },
    Operation("sum, mean over a dimension", [2, 3]) { $0[0].sum(0) * $0[0].mean(0) },
    Operation("max, min over a dimension", [2, 3], domain: Operation.spread) { $0[0].max(1) * $0[0].min(1) },
    Operation("max, min", [2, 3], domain: Operation.spread) { $0[0].max() * $0[0].min() },
    Operation("logSumExp", [2, 3]) { $0[0].logSumExp(1) },
    Operation("norm", [2, 3]) { $0[0].norm(1) },
    Operation("cumulative sum", [2, 3]) { $0[0].cumulativeSum(1) },
    Operation("cumulative product", [2, 3]) { $0[0].cumulativeProduct(1) },
    Operation("reshaped, transposed", [2, 3]) { $0[0].reshaped([3, 2]).transposed() },
    Operation("expanded", [2, 1]) { $0[0].expanded([2, 3]) },
    Operation("permuted", [2, 3, 2]) { $0[0].permuted([2, 0, 1]) },
    Operation("squeezed, unsqueezed", [1, 3]) { $0[0].squeezed(0).unsqueezed(1) },
    Operation("narrowed, selected", [3, 3]) { $0[0].narrowed(0, start: 1, length: 2).selected(1, 0) },
    Operation("gathered", [3, 2]) { $0[0].gathered(0, indices(2, 0, 2)) },
    Operation("elements", [2, 3]) { $0[0].elements(1, at: Tensor([2, 0], shape: [2, 1])) },
    Operation("adding entries", [3], [4]) { $0[0].addingEntries(0, at: indices(0, 2, 0, 1), of: $0[1]) },
    Operation("masked", [3]) { $0[0].masked(by: Tensor([true, false, true])) },
    Operation("concatenated", [2, 1], [2, 2]) { .concatenated($0, 1) },
    Operation("stacked", [3], [3]) { .stacked($0, 1) },
    Operation("choosing", [2], [2]) { .choosing(Tensor([true, false]), $0[0], $0[1]) },
    Operation("cloned, contiguous", [2, 3]) { $0[0].transposed().contiguous().cloned() },
    Operation("converted", [3]) { $0[0].to(.float64) },
    Operation("linear", [2, 3], [4, 3], [4]) { $0[0].linear(weight: $0[1], bias: $0[2]) },
    Operation("relu", [4], domain: Operation.cornerless) { $0[0].relu() },
    Operation("leaky relu", [4], domain: Operation.cornerless) { $0[0].leakyReLU(slope: -0.5) },
    Operation("elu", [4]) { $0[0].elu() },
    Operation("gelu", [4]) { $0[0].gelu() },
    Operation("sigmoid, tanh", [3]) { $0[0].sigmoid() * $0[0].tanh() },
    Operation("softmax", [2, 3]) { $0[0].softmax() },
    Operation("logarithm of softmax", [2, 3]) { $0[0].logSoftmax(0) },
    Operation("batch norm in training", [4, 2], [2], [2]) {
      $0[0].batchNorm(weight: $0[1], bias: $0[2], runningMean: nil, runningVariance: nil, training: true)
    },
    Operation("batch norm in evaluation", [4, 2], [2], [2]) {
      $0[0].batchNorm(
        weight: $0[1], bias: $0[2], runningMean: vector(1, 2), runningVariance: vector(3, 4), training: false)
    },
    Operation("layer norm", [2, 3], [3], [3]) { $0[0].layerNorm(shape: [3], weight: $0[1], bias: $0[2]) },
    Operation("convolution", [1, 2, 3, 3], [2, 2, 2, 2], [2]) {
      $0[0].conv2d(weight: $0[1], bias: $0[2], stride: 2, padding: 1)
    },
    Operation("max pool", [1, 1, 4, 4], domain: Operation.spread) { $0[0].maxPool2d(size: 2, stride: 2) },
    Operation("embedding", [3, 2]) { $0[0].embedding(indices(2, 0, 2)) },
    Operation("cross entropy", [2, 3]) { $0[0].crossEntropy(indices(2, 0)) },
    Operation("mean squared error", [3], [3]) { $0[0].meanSquaredError($0[1]) },
    Operation("binary cross entropy", [3]) { $0[0].binaryCrossEntropyWithLogits(vector(0, 0.3, 1)) },
    Operation("dropout", [8]) { $0[0].dropout(0.4, RandomGenerator(seed: 3)) },
  ]

  @Test("Gradients agree with differences in float64", arguments: operations) func agree(
    _ operation: Operation
  ) {
    #expect(checkGradients(operation.shapes, domain: operation.domain, of: operation.apply) == [])
  }

  @Test("The checker sees a wrong gradient") func checker() {
    let violations = checkGradients([[2]]) { $0[0] + $0[0].detached() }
    #expect(violations.count == 2)
  }
}
