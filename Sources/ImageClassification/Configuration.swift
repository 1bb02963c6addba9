import Datasets
import FeedbackAlignment
import Networks
import Training

/// The configuration of ``ImageClassificationTask``.
public struct ImageConfiguration: TaskConfiguration {
  /// A set of labelled images.
  public enum Images: String, NamedChoice {
    /// Fashion-MNIST (Xiao et al. 2017): articles of clothing, 28 by 28.
    case fashionMNIST = "fashion-mnist"
    /// MNIST (LeCun et al. 1998): handwritten digits, 28 by 28.
    case mnist

    var dataset: Dataset {
      switch self {
      case .fashionMNIST: DatasetCatalog.fashionMNIST
      case .mnist: DatasetCatalog.mnist
      }
    }

    /// The mean and standard deviation of the training images' pixels, of 1.
    var pixelStatistics: (mean: Double, deviation: Double) {
      switch self {
      case .fashionMNIST: (0.2860, 0.3530)
      case .mnist: (0.1307, 0.3081)
      }
    }
  }

  /// How the weights of dense layers start.
  public enum Initialization: String, NamedChoice {
    /// Uniform within ±1/sqrt(inputs), PyTorch's default.
    case uniform
    /// Normal with deviation sqrt(2 / inputs) (He et al. 2015).
    case he
  }

  /// The images.
  public var dataset: Images
  /// How many training images are used; at least 1. More than there are means all.
  public var trainingImages: Int
  /// How many of the training images are set apart for validation, from the end; at least 1.
  public var validationImages: Int
  /// The widths of the hidden layers; each at least 1.
  public var hidden: [Int]
  /// The activation after every hidden layer.
  public var activation: Activation
  /// The probability that an input is dropped; in [0, 1).
  public var inputDropout: Double
  /// The probability that a hidden unit is dropped; in [0, 1).
  public var dropout: Double
  /// Whether batch normalisation follows every activation (2019 paper, table 2).
  public var batchNorm: Bool
  /// How weights start.
  public var initialization: Initialization
  /// Length and rhythm.
  public var training: TrainingConfiguration
  /// The optimizer.
  public var optimizer: OptimizerConfiguration
  /// The feedback matrices.
  public var feedback: FeedbackConfiguration

  /// Checks the sizes and probabilities.
  public func validate() throws {
    try require("trainingImages", trainingImages >= 1, "must be at least 1, not \(trainingImages)")
    try require("validationImages", validationImages >= 1, "must be at least 1, not \(validationImages)")
    try require(
      "hidden", hidden.allSatisfy { (1...greatestWidth).contains($0) },
      "must be widths from 1 to \(greatestWidth), not \(hidden)")
    for (key, value) in [("inputDropout", inputDropout), ("dropout", dropout)] {
      try require(key, (0..<1).contains(value), "must be at least 0 and less than 1, not \(value)")
    }
  }

  /// The perceptron 784-800-800-800-10 on Fashion-MNIST: the 2019 paper's three layers of 800 units with tanh
  /// (section 3.2) and its SGD without momentum, on these images. The learning rate was chosen on validation
  /// images; one serves all methods.
  static var fashionMNIST: ImageConfiguration {
    ImageConfiguration(
      dataset: .fashionMNIST, trainingImages: 60_000, validationImages: 5_000, hidden: [800, 800, 800],
      activation: .tanh, inputDropout: 0, dropout: 0, batchNorm: false, initialization: .uniform,
      training: TrainingConfiguration(epochs: 15, batchSize: 128),
      optimizer: OptimizerConfiguration(.sgd, learningRate: 0.15),
      feedback: FeedbackConfiguration())
  }

  /// A small perceptron on few images, to see that everything works.
  static var debug: ImageConfiguration {
    var configuration = fashionMNIST
    configuration.trainingImages = 4_000
    configuration.validationImages = 1_000
    configuration.hidden = [64, 64]
    configuration.training.epochs = 2
    return configuration
  }
}
