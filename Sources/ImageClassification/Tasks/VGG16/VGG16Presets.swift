import FeedbackAlignment
import Networks
import Training

extension VGG16Configuration {
  /// VGG-16 as the 2019 paper trains it: images scaled to 256 pixels, squares of 224, mirrored or not; SGD at 0.01, a
  /// tenth of that whenever the validation loss has not fallen for five epochs. The paper does not say how long, nor which
  /// momentum, weight decay and batch: those of Simonyan and Zisserman 2015 (section 3.1), 74 epochs. Feedback matrices are
  /// drawn by the paper's equations 7 and 8; the error is the batch's mean.
  private static func paper(_ images: String, validationImages: Int) -> Self {
    var configuration = Self()
    configuration.images = images
    configuration.validationImages = validationImages
    (configuration.resized, configuration.cropped) = (256, 224)
    configuration.training = TrainingConfiguration(epochs: 74, batchSize: 256)
    configuration.optimizer = OptimizerConfiguration(
      StochasticGradientDescent(momentum: 0.9), learningRate: 0.01, weightDecay: 5e-4,
      schedule: PlateauDecay(factor: 0.1, patience: .epochs(5), metric: Metric.loss.name))
    configuration.feedback = FeedbackConfiguration(distribution: .normal, normalization: .pointAndErrorWidth)
    return configuration
  }

  /// For images of 64 pixels, such as Tiny ImageNet: squares of 56, of which the convolutions leave one pixel, half the
  /// channels and dense layers of 512 units. DFA diverges at the paper's rate here, and in the fourth epoch at a tenth of it;
  /// it has a hundredth.
  private static func small(_ method: MethodName) -> Self {
    var configuration = paper("tiny-imagenet", validationImages: 500)
    (configuration.resized, configuration.cropped) = (64, 56)
    (configuration.model.width, configuration.model.pooled, configuration.model.denseUnits) = (32, 1, 512)
    configuration.loaders = 1
    configuration.optimizer.learningRate = method.tuned(bp: 0.01, dfa: 0.0001)
    configuration.training = TrainingConfiguration(epochs: 30, batchSize: 64)
    return configuration
  }

  /// Few channels and one epoch, at a rate, without momentum and with batch normalisation, that every method bears.
  private static var debug: Self {
    var configuration = small(.bp)
    configuration.images = "cifar-10"
    (configuration.trainingImages, configuration.validationImages, configuration.testImages) = (800, 200, 200)
    (configuration.resized, configuration.cropped) = (nil, 32)
    (configuration.model.width, configuration.model.denseUnits) = (4, 32)
    (configuration.model.dropout, configuration.model.batchNorm) = (0, true)
    configuration.optimizer.rule = OptimizerChoice(StochasticGradientDescent())
    configuration.training.epochs = 1
    return configuration
  }

  /// The presets of ``VGG16Task``.
  static let presets: [Preset<Self>] = [
    Preset("vgg16-imagenet", "VGG-16 on ImageNet as image folders, imagenet/train and imagenet/val") { _ in
      paper("imagenet", validationImages: 10_000)
    },
    Preset("vgg16-cifar-100", "VGG-16 on CIFAR-100, scaled up to 256 pixels") { _ in
      paper("cifar-100", validationImages: 5_000)
    },
    Preset("vgg16-small", "half as wide, for an image folder of 64 pixels; add --set images=FOLDER") {
      small($0)
    },
    Preset("debug", "a very narrow one on 800 images of CIFAR-10 for an epoch") { _ in debug },
  ]
}
