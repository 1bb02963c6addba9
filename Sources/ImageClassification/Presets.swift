import FeedbackAlignment
import Networks
import Training

extension ImageConfiguration {
  /// The perceptron 784-800-800-800-10 on Fashion-MNIST: the 2019 paper's three layers of 800 units with tanh
  /// (section 3.2) and its SGD without momentum, on these images. The learning rate was chosen on validation
  /// images; one serves all methods.
  static var fashionMNIST: ImageConfiguration {
    ImageConfiguration(
      dataset: .fashionMNIST, trainingImages: 60_000, validationImages: 5_000, evaluatedTrainingImages: 0,
      network: .mlp,
      hidden: [800, 800, 800],
      activation: .tanh, inputDropout: 0, dropout: 0, convolutionDropout: 0, batchNorm: false, bottleneck: 0,
      initialization: .uniform,
      published: false, training: TrainingConfiguration(epochs: 15, batchSize: 128),
      optimizer: OptimizerConfiguration(.sgd, learningRate: 0.15),
      feedback: FeedbackConfiguration())
  }

  /// The same on MNIST.
  static var mnist: ImageConfiguration {
    var configuration = fashionMNIST
    configuration.dataset = .mnist
    return configuration
  }

  /// What perceptrons whose feedback comes down layer by layer learn well with too: two hidden layers of 800 rectifiers with
  /// batch normalisation and dropout, and Adam, whose steps do not depend on the scale of feedback. Dropout and the number
  /// of epochs were chosen by FA on validation images; it trains on all images, and the last epoch counts.
  static var mnistTuned: ImageConfiguration {
    var configuration = mnist
    configuration.hidden = [800, 800]
    configuration.activation = .relu
    configuration.inputDropout = 0.1
    configuration.dropout = 0.2
    configuration.batchNorm = true
    configuration.validationImages = 0
    configuration.training.epochs = 20
    configuration.training.selection = .last
    configuration.optimizer = OptimizerConfiguration(
      .adam, learningRate: 1e-3, schedule: LearningRateSchedule(.exponential, factor: 0.03, period: 0))
    return configuration
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

  /// The perceptron 3072-800-800-800-10 on CIFAR-10 as in the 2019 paper, table 2, row "norm": tanh, SGD without
  /// momentum, 50 epochs on all training images, of which the last counts. For DFA each image's error is sent, not
  /// divided by the batch, and weights start as PyTorch's do, not as He et al. 2015: both as in the published code, and so the
  /// paper's figures come out. BP has the learning rate that this gives to DFA's hidden layers.
  static func cifar10(_ method: MethodName) -> ImageConfiguration {
    var configuration = fashionMNIST
    configuration.dataset = .cifar10
    configuration.trainingImages = 50_000
    configuration.validationImages = 0
    configuration.training.epochs = 50
    configuration.training.selection = .last
    let rate = 5e-4
    configuration.optimizer.learningRate = method.tuned(
      bp: rate * Double(configuration.training.batchSize), dfa: rate)
    configuration.feedback.distribution = .normal
    configuration.feedback.normalization = .pointAndErrorWidth
    configuration.feedback.reduction = .sum
    return configuration
  }

  /// The same perceptron with leaky ReLU of slope -0.5, the paper's best, a tenth dropped, and a learning rate that falls
  /// to a fifth over the run. Errors are averaged, so that the head learns as fast as the hidden layers, and not
  /// 128 times more slowly. Chosen on validation images, for DFA; it serves all methods.
  static var cifar10Tuned: ImageConfiguration {
    var configuration = cifar10(.dfa)
    configuration.activation = .leakyReLU(slope: -0.5)
    configuration.inputDropout = 0.1
    configuration.dropout = 0.1
    configuration.feedback.reduction = .mean
    configuration.optimizer = OptimizerConfiguration(
      .sgd, learningRate: 0.025, schedule: LearningRateSchedule(.exponential, factor: 0.2, period: 0))
    return configuration
  }

  /// The convolutional network of the 2019 paper, table 4, row "norm", otherwise as ``cifar10(_:)``.
  static func cifar10Convolutional(_ method: MethodName) -> ImageConfiguration {
    var configuration = cifar10(method)
    configuration.network = .cnn
    return configuration
  }

  /// The same network with rectifiers, batch normalisation and Adam, the error averaged over the batch: what methods that
  /// learn convolutions learn in a few epochs. The same settings for all of them; nothing was searched.
  static func cifar10Adam(_ method: MethodName) -> ImageConfiguration {
    var configuration = cifar10Convolutional(method)
    configuration.activation = .relu
    configuration.batchNorm = true
    configuration.feedback.reduction = .mean
    configuration.optimizer = OptimizerConfiguration(.adam, learningRate: 1e-3)
    configuration.training.epochs = 6
    return configuration
  }

  /// The presets of ``ImageClassificationTask``.
  static let presets: [Preset<ImageConfiguration>] = [
    Preset("mlp-fashion-mnist", "perceptron 784-800-800-800-10 on Fashion-MNIST") { _ in fashionMNIST },
    Preset("mlp-mnist", "the same on MNIST") { _ in mnist },
    Preset("mlp-mnist-tuned", "perceptron 784-800-800-10 on MNIST with Adam, 20 epochs") { _ in mnistTuned },
    Preset("mlp-cifar-10", "perceptron 3072-800-800-800-10 on CIFAR-10") { cifar10($0) },
    Preset("mlp-cifar-10-tuned", "the same with what DFA does best with") { _ in cifar10Tuned },
    Preset("cnn-cifar-10", "three convolutions and two dense layers on CIFAR-10") {
      cifar10Convolutional($0)
    },
    Preset("cnn-cifar-10-adam", "the same with ReLU, batch normalisation and Adam, 6 epochs") {
      cifar10Adam($0)
    },
    Preset("debug", "a small perceptron on 4,000 images for 2 epochs, in seconds") { _ in debug },
  ]
}
