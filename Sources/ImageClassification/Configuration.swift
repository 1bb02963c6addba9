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
    /// CIFAR-10 (Krizhevsky 2009): ten kinds of things, in colour, 32 by 32.
    case cifar10 = "cifar-10"
    /// The same from the Python version's files.
    case cifar10Python = "cifar-10-python"
    /// CIFAR-100 (Krizhevsky 2009): a hundred kinds, in colour, 32 by 32.
    case cifar100 = "cifar-100"
    /// The same from the Python version's files.
    case cifar100Python = "cifar-100-python"

    var dataset: Dataset {
      switch self {
      case .fashionMNIST: DatasetCatalog.fashionMNIST
      case .mnist: DatasetCatalog.mnist
      case .cifar10: DatasetCatalog.cifar10
      case .cifar10Python: DatasetCatalog.cifar10Python
      case .cifar100: DatasetCatalog.cifar100
      case .cifar100Python: DatasetCatalog.cifar100Python
      }
    }

    /// How many classes there are.
    var classes: Int { [.cifar100, .cifar100Python].contains(self) ? 100 : 10 }

    /// The means and standard deviations of the training images' pixels, of 1, by channel. Those of CIFAR-10 are the 2019
    /// paper's, whose deviations are means over images of the deviation within each.
    var pixelStatistics: PixelStatistics {
      switch self {
      case .fashionMNIST: PixelStatistics(means: [0.2860], deviations: [0.3530])
      case .mnist: PixelStatistics(means: [0.1307], deviations: [0.3081])
      case .cifar10, .cifar10Python:
        PixelStatistics(means: [0.4914, 0.4822, 0.4465], deviations: [0.2023, 0.1994, 0.2010])
      case .cifar100, .cifar100Python:
        PixelStatistics(means: [0.5071, 0.4865, 0.4409], deviations: [0.2673, 0.2564, 0.2762])
      }
    }
  }

  /// A network.
  public enum Network: String, NamedChoice {
    /// Dense layers alone.
    case mlp
    /// Three convolutions and two dense layers (2019 paper, table 4).
    case cnn
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
  /// How many of the training images are set apart for validation, from the end. With 0 nothing is validated, and the
  /// last epoch must be what counts.
  public var validationImages: Int
  /// How many of the images trained on, from the first, the accuracy is measured on too, as `trainAccuracy`; 0 leaves it
  /// out.
  public var evaluatedTrainingImages: Int
  /// The network.
  public var network: Network
  /// mlp: the widths of the hidden layers; each at least 1.
  public var hidden: [Int]
  /// The activation after every hidden layer.
  public var activation: Activation
  /// The probability that an input (cnn: a channel of the image) is dropped; in [0, 1).
  public var inputDropout: Double
  /// The probability that a unit of a dense hidden layer is dropped; in [0, 1).
  public var dropout: Double
  /// cnn: the probability that a channel of a convolution is dropped; in [0, 1).
  public var convolutionDropout: Double
  /// Whether batch normalisation follows every activation (2019 paper, table 2).
  public var batchNorm: Bool
  /// mlp: how many weights of a unit of the second hidden layer learn on average, chosen at random; the others stay as they
  /// started (2019 paper, section 4.2). 0 lets all learn.
  public var bottleneck: Int
  /// How weights start.
  public var initialization: Initialization
  /// Whether a feedback point is missing, as in the published code of the 2019 paper: cnn, that of the dense hidden layer; mlp
  /// with a bottleneck, the one below it, where a share of the gradient comes down instead.
  public var published: Bool
  /// Length and rhythm.
  public var training: TrainingConfiguration
  /// The optimizer.
  public var optimizer: OptimizerConfiguration
  /// The feedback matrices.
  public var feedback: FeedbackConfiguration

  /// Checks the sizes and probabilities.
  public func validate() throws {
    try require("trainingImages", trainingImages >= 1, "must be at least 1, not \(trainingImages)")
    try require("validationImages", validationImages >= 0, "must be at least 0, not \(validationImages)")
    try require(
      "evaluatedTrainingImages", evaluatedTrainingImages >= 0,
      "must be at least 0, not \(evaluatedTrainingImages)")
    try require(
      "validationImages",
      validationImages > 0
        || (training.selection == .last && training.patience == 0
          && optimizer.schedule.kind != .plateau),
      "must be at least 1, unless training.selection is last and neither training.patience nor the learning rate's "
        + "schedule looks at validation")
    try require(
      "hidden", hidden.allSatisfy { (1...greatestWidth).contains($0) },
      "must be widths from 1 to \(greatestWidth), not \(hidden)")
    try require(
      "bottleneck", bottleneck == 0 || (hidden.count > 1 && (1...hidden[0]).contains(bottleneck)),
      "must be 0 or a number of inputs of the second hidden layer, not \(bottleneck)")
    for (key, value) in [
      ("inputDropout", inputDropout), ("dropout", dropout), ("convolutionDropout", convolutionDropout),
    ] {
      try require(key, (0..<1).contains(value), "must be at least 0 and less than 1, not \(value)")
    }
  }
}
