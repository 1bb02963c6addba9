import Networks
import Torch
import Training

extension ImageClassification {
  /// The networks whose steps are measured.
  static let benchmarks: [BenchmarkNetwork] = [
    .perceptron3072, .perceptron784, .perceptron1024, .deepPerceptron(depth: 64, width: 1_024),
    .smallPerceptron,
  ]
}

/// Perceptrons with tanh layers, a point after each, and 10 classes.
extension BenchmarkNetwork {
  /// The perceptron of the image task on images of 28 x 28.
  package static let perceptron784 = perceptron(
    "mlp-784", "perceptron 784-800-800-800-10", [784, 800, 800, 800, 10], batch: 128)
  /// The perceptron of the 2019 paper on images of 32 x 32 in colour.
  package static let perceptron3072 = perceptron(
    "mlp-3072", "perceptron 3072-800-800-800-10", [3_072, 800, 800, 800, 10], batch: 128)
  /// Twelve square matrices. The head has 10 classes, so that the projection is small beside the layers: with
  /// as many classes as units it would be as large as one of them.
  package static let perceptron1024 = perceptron(
    "mlp-1024x12", "perceptron of 12 hidden layers, all 1024 wide, and 10 classes",
    Array(repeating: 1_024, count: 13) + [10], batch: 256)
  /// So small that a step is all overhead.
  package static let smallPerceptron = perceptron(
    "mlp-small", "perceptron 32-64-64-10", [32, 64, 64, 10], batch: 32)

  /// `depth` hidden layers of `width` units on inputs as wide.
  package static func deepPerceptron(depth: Int, width: Int) -> BenchmarkNetwork {
    perceptron(
      "mlp-deep", "perceptron of \(depth) hidden layers, all \(width) wide, and 10 classes",
      Array(repeating: width, count: depth + 1) + [10], batch: 4_096)
  }

  private static func perceptron(
    _ name: String, _ summary: String, _ widths: [Int], batch: Int
  ) -> BenchmarkNetwork {
    BenchmarkNetwork(
      name, summary, batch: batch,
      optimizer: OptimizerConfiguration(StochasticGradientDescent(), learningRate: 0.15)
    ) { scope, data in
      var settings = MultilayerPerceptron.Settings()
      settings.hidden = Array(widths[1..<widths.count - 1])
      let network = MultilayerPerceptron(scope, settings, inputs: widths[0], classes: 10)
      let (inputs, classes) = (data.inputs(widths[0]), data.classes(10))
      return { network(inputs, $0).crossEntropy(classes) }
    }
  }
}
