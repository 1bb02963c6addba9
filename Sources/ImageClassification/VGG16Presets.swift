import FeedbackAlignment
import Networks
import Training

extension VGG16Configuration {
  /// VGG-16 as the 2019 paper trains it: images scaled to 256 pixels, squares of 224, mirrored or not; SGD at 0.01, a
  /// tenth of that whenever the validation loss has not fallen for five epochs. The paper does not say how long, nor which
  /// momentum, weight decay and batch: those of Simonyan and Zisserman 2015 (section 3.1), 74 epochs. Feedback matrices are
  /// drawn by the paper's equations 7 and 8; the error is the batch's mean.
  private static func paper(_ images: String, validationImages: Int) -> VGG16Configuration {
    var optimizer = OptimizerConfiguration(.sgd, learningRate: 0.01, weightDecay: 5e-4)
    optimizer.momentum = 0.9
    optimizer.schedule = LearningRateSchedule(.plateau, factor: 0.1, period: 5)
    var feedback = FeedbackConfiguration()
    (feedback.distribution, feedback.normalization) = (.normal, .pointAndErrorWidth)
    return VGG16Configuration(
      images: images, trainingImages: 10_000_000, validationImages: validationImages,
      testImages: 10_000_000, resized: 256, cropped: 224, flips: true, skipsDamaged: false, loaders: 4,
      width: 64, pooled: 7, denseUnits: 4096, dropout: 0.5, batchNorm: false,
      training: TrainingConfiguration(epochs: 74, batchSize: 256), optimizer: optimizer, feedback: feedback)
  }

  /// For images of 64 pixels, such as Tiny ImageNet: squares of 56, of which the convolutions leave one pixel, half the
  /// channels and dense layers of 512 units. DFA diverges at the paper's rate here, and in the fourth epoch at a tenth of it;
  /// it has a hundredth.
  private static func small(_ method: MethodName) -> VGG16Configuration {
    var configuration = paper("tiny-imagenet", validationImages: 500)
    (configuration.resized, configuration.cropped) = (64, 56)
    (configuration.width, configuration.pooled, configuration.denseUnits) = (32, 1, 512)
    configuration.loaders = 1
    configuration.optimizer.learningRate = method.tuned(bp: 0.01, dfa: 0.0001)
    configuration.training.epochs = 30
    configuration.training.batchSize = 64
    return configuration
  }

  /// Few channels and one epoch, at a rate and with batch normalisation that every method bears.
  private static var debug: VGG16Configuration {
    var configuration = small(.bp)
    configuration.images = "cifar-10"
    (configuration.trainingImages, configuration.validationImages, configuration.testImages) = (800, 200, 200)
    (configuration.resized, configuration.cropped) = (0, 32)
    (configuration.width, configuration.denseUnits, configuration.batchNorm) = (4, 32, true)
    (configuration.optimizer.learningRate, configuration.optimizer.momentum, configuration.dropout) = (
      0.01, 0, 0
    )
    configuration.training.epochs = 1
    return configuration
  }

  /// The presets of ``VGG16Task``.
  static let presets: [Preset<VGG16Configuration>] = [
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
