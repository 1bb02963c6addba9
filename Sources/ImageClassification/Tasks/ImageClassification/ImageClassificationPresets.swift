import FeedbackAlignment
import Networks
import Training

extension ImageClassificationConfiguration {
  /// The perceptron 784-800-800-800-10: the 2019 paper's three layers of 800 units with tanh (section 3.2) and its SGD without
  /// momentum, on images of 28 by 28. The learning rate was chosen on validation images; one serves all methods.
  private static func perceptron(_ dataset: ImageDataset) -> Self {
    var configuration = Self()
    configuration.dataset = .name(dataset)
    configuration.model = ImageModelChoice(MultilayerPerceptron.Settings(hidden: [800, 800, 800]))
    configuration.training = TrainingConfiguration(epochs: 15, batchSize: 128)
    configuration.optimizer = OptimizerConfiguration(StochasticGradientDescent(), learningRate: 0.15)
    return configuration
  }

  /// What perceptrons whose feedback comes down layer by layer learn well with too: two hidden layers of 800 ReLU units with
  /// batch normalisation and dropout, and Adam, whose steps do not depend on the scale of feedback. Dropout and the number
  /// of epochs were chosen by FA on validation images; it trains on all images, and the last epoch counts.
  private static var mnistTuned: Self {
    var perceptron = MultilayerPerceptron.Settings(hidden: [800, 800])
    perceptron.activation = .relu
    perceptron.inputDropout = 0.1
    perceptron.dropout = 0.2
    perceptron.batchNorm = true
    var configuration = Self()
    configuration.dataset = .name(.mnist)
    configuration.validationImages = 0
    configuration.model = ImageModelChoice(perceptron)
    configuration.training = TrainingConfiguration(epochs: 20, batchSize: 128, selection: .last)
    configuration.optimizer = OptimizerConfiguration(
      Adam(), learningRate: 1e-3, schedule: ExponentialDecay(factor: 0.03))
    return configuration
  }

  /// CIFAR-10 as in the 2019 paper, tables 2 and 4, row "norm": SGD without momentum, 50 epochs on all training images, of
  /// which the last counts. For DFA each image's error is sent, not divided by the batch, and weights start as PyTorch's do,
  /// not as He et al. 2015: both as in the published code, and so the paper's figures come out. BP has the learning rate that
  /// this gives to DFA's hidden layers.
  private static func paper(_ model: any ImageModelSettings, _ method: MethodName) -> Self {
    let batchSize = 128
    var configuration = Self()
    configuration.dataset = .name(.cifar10)
    configuration.validationImages = 0
    configuration.model = ImageModelChoice(model)
    configuration.training = TrainingConfiguration(epochs: 50, batchSize: batchSize, selection: .last)
    configuration.optimizer = OptimizerConfiguration(
      StochasticGradientDescent(), learningRate: method.tuned(bp: 5e-4 * Double(batchSize), dfa: 5e-4))
    configuration.feedback = FeedbackConfiguration(
      distribution: .normal, normalization: .pointAndErrorWidth, reduction: .sum)
    return configuration
  }

  /// The paper's perceptron with leaky ReLU of slope -0.5, the paper's best, a tenth dropped, and a learning rate that falls
  /// to a fifth over the run. Errors are averaged, so that the head learns as fast as the hidden layers, and not
  /// 128 times more slowly. Chosen on validation images, for DFA; it serves all methods.
  private static var cifar10Tuned: Self {
    var perceptron = MultilayerPerceptron.Settings()
    perceptron.activation = .leakyReLU(slope: -0.5)
    perceptron.inputDropout = 0.1
    perceptron.dropout = 0.1
    var configuration = paper(perceptron, .dfa)
    configuration.feedback.reduction = .mean
    configuration.optimizer = OptimizerConfiguration(
      StochasticGradientDescent(), learningRate: 0.025, schedule: ExponentialDecay(factor: 0.2))
    return configuration
  }

  /// The paper's convolutional network with ReLU, batch normalisation and Adam, the error averaged over the batch: what methods
  /// that learn convolutions learn in a few epochs. The same settings for all of them; nothing was searched.
  private static var cifar10Adam: Self {
    var network = CIFARConvolutional.Settings()
    network.activation = .relu
    network.batchNorm = true
    var configuration = paper(network, .dfa)
    configuration.feedback.reduction = .mean
    configuration.optimizer = OptimizerConfiguration(Adam(), learningRate: 1e-3)
    configuration.training.epochs = 6
    return configuration
  }

  /// A small perceptron on few images, to see that everything works.
  private static var debug: Self {
    var configuration = perceptron(.fashionMNIST)
    configuration.trainingImages = 4_000
    configuration.validationImages = 1_000
    configuration.model = ImageModelChoice(MultilayerPerceptron.Settings(hidden: [64, 64]))
    configuration.training.epochs = 2
    return configuration
  }

  /// The presets of ``ImageClassificationTask``.
  static let presets: [Preset<Self>] = [
    Preset("mlp-fashion-mnist", "perceptron 784-800-800-800-10 on Fashion-MNIST") { _ in
      perceptron(.fashionMNIST)
    },
    Preset("mlp-mnist", "the same on MNIST") { _ in perceptron(.mnist) },
    Preset("mlp-mnist-tuned", "perceptron 784-800-800-10 on MNIST with Adam, 20 epochs") { _ in mnistTuned },
    Preset("mlp-cifar-10", "perceptron 3072-800-800-800-10 on CIFAR-10") {
      paper(MultilayerPerceptron.Settings(), $0)
    },
    Preset("mlp-cifar-10-tuned", "the same with what DFA does best with") { _ in cifar10Tuned },
    Preset("cnn-cifar-10", "three convolutions and two dense layers on CIFAR-10") {
      paper(CIFARConvolutional.Settings(), $0)
    },
    Preset("cnn-cifar-10-adam", "the same with ReLU, batch normalisation and Adam, 6 epochs") { _ in
      cifar10Adam
    },
    Preset("debug", "a small perceptron on 4,000 images for 2 epochs, in seconds") { _ in debug },
  ]
}
