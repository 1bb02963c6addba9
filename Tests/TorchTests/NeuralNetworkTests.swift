import Foundation
import TestSupport
import Testing
import Torch

@Suite("Functions of neural networks") struct NeuralNetworkTests {
  static let cases: [Case] = [
    Case("linear", [11.5, 24.5], shape: [1, 2]) {
      matrix([1, 2]).linear(weight: matrix([3, 4], [5, 9]), bias: vector(0.5, 1.5))
    },
    Case("linear without bias", [11], shape: [1, 1]) { matrix([1, 2]).linear(weight: matrix([3, 4])) },
    Case("relu", [0, 0, 2]) { vector(-1, 0, 2).relu() },
    Case("leaky relu", [-0.1, 0, 2]) { vector(-1, 0, 2).leakyReLU(slope: 0.1) },
    Case("leaky relu of negative slope", [0.5, 0, 2]) { vector(-1, 0, 2).leakyReLU(slope: -0.5) },
    Case("elu", [2 * (exp(-1) - 1), 0, 2]) { vector(-1, 0, 2).elu(alpha: 2) },
    Case("sigmoid", [0.5, 1 / (1 + exp(-2))]) { vector(0, 2).sigmoid() },
    Case("tanh", [0, Foundation.tanh(0.5)]) { vector(0, 0.5).tanh() },
    Case("softmax", [0.25, 0.75], shape: [1, 2]) { matrix([0, log(3)]).softmax() },
    Case("softmax of columns", [0.25, 0.75], shape: [2, 1]) { matrix([0], [log(3)]).softmax(0) },
    Case("logarithm of softmax", [-log(4), log(0.75)], shape: [1, 2]) { matrix([0, log(3)]).logSoftmax() },
    Case("batch norm in evaluation", [3, 5], shape: [1, 2]) {
      matrix([3, 6]).batchNorm(
        weight: vector(1, 2), bias: vector(1, 1), runningMean: vector(1, 2), runningVariance: vector(1, 4),
        training: false, epsilon: 0)
    },
    Case("batch norm in training", [-1, 1], shape: [2, 1]) {
      matrix([3], [7]).batchNorm(
        weight: nil, bias: nil, runningMean: nil, runningVariance: nil, training: true, epsilon: 0)
    },
    Case("layer norm", [-9, 13], shape: [1, 2]) {
      matrix([3, 7]).layerNorm(shape: [2], weight: vector(10, 12), bias: vector(1, 1), epsilon: 0)
    },
    Case("layer norm, plain", [-1, 1], shape: [1, 2]) {
      matrix([3, 7]).layerNorm(shape: [2], weight: nil, bias: nil, epsilon: 0)
    },
    Case("convolution", [37.5], shape: [1, 1, 1, 1]) {
      image(1, 2, 3, 4).conv2d(weight: Tensor([1.0, 3, 2, 6], shape: [1, 1, 2, 2]), bias: vector(0.5))
    },
    Case("convolution with stride and padding", [4, 8, 12, 16], shape: [1, 1, 2, 2]) {
      image(1, 2, 3, 4).conv2d(weight: Tensor([4.0], shape: [1, 1, 1, 1]), stride: 1, padding: 0)
    },
    Case("padding of a convolution", [0, 0, 0, 4], shape: [1, 1, 2, 2]) {
      image(1, 2, 3, 4).conv2d(weight: Tensor([1.0], shape: [1, 1, 1, 1]), stride: 2, padding: 1)
    },
    Case("max pool", [4], shape: [1, 1, 1, 1]) { image(1, 4, 3, 2).maxPool2d(size: 2, stride: 2) },
    Case("max pool with padding", [1, 2, 3, 4], shape: [1, 1, 2, 2]) {
      image(1, 2, 3, 4).maxPool2d(size: 2, stride: 2, padding: 1)
    },
    Case("embedding", [3, 4, 1, 2], shape: [1, 2, 2]) {
      matrix([1, 2], [3, 4]).embedding(Tensor([1, 0], shape: [1, 2]))
    },
    Case("cross entropy", [(log(4) - log(0.5)) / 2], shape: []) {
      matrix([0, log(3)], [1, 1]).crossEntropy(indices(0, 1))
    },
    Case("mean squared error", [2.5], shape: []) { vector(1, 2).meanSquaredError(vector(2, 4)) },
    Case("binary cross entropy", [(log(2) + log(2)) / 2], shape: []) {
      vector(0, 0).binaryCrossEntropyWithLogits(vector(1, 0.25))
    },
    Case("binary cross entropy of great logits", [500], shape: []) {
      vector(1000, 1000).binaryCrossEntropyWithLogits(vector(1, 0))
    },
  ]
  static func image(_ values: Double...) -> Tensor { Tensor(values, shape: [1, 1, 2, 2]) }

  @Test("Functions give the numbers of a hand calculation", arguments: cases)
  func give(_ item: Case) { #expect(item.violation(tolerance: 1e-14) == nil) }

  @Test("Batch norm moves its running statistics in training only, the variance unbiased")
  func runningStatistics() {
    let (mean, variance) = (vector(0), vector(1))
    func normalize(training: Bool) {
      _ = matrix([3], [7]).batchNorm(
        weight: nil, bias: nil, runningMean: mean, runningVariance: variance, training: training,
        momentum: 0.25)
    }
    normalize(training: false)
    #expect(mean.item == 0 && variance.item == 1)
    normalize(training: true)
    #expect(mean.item == 1.25)
    #expect(variance.item == 0.75 + 0.25 * 8)
  }
}
