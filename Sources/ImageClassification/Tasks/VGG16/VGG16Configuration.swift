import FeedbackAlignment
import Networks
import Training

/// The configuration of ``VGG16Task``.
public struct VGG16Configuration: TaskConfiguration {
  /// A data set in colour (`cifar-10`, `cifar-100`), or a folder with the folders `train` and `val`, each with a folder of JPEG
  /// or PNG images for every class: a path, or a name under a data root.
  public var images = "imagenet"
  /// How many training images are used, evenly over all classes; at least 2. Nil, and more than there are, mean all.
  public var trainingImages: Int?
  /// How many of them are set apart for validation, again evenly; at least 1.
  public var validationImages = 10_000
  /// How many test images are used, evenly over all classes; at least 1. Nil, and more than there are, mean all.
  public var testImages: Int?
  /// To how many pixels the shorter side of every image is scaled; from 1 to 16,384. Nil leaves images as they are.
  public var resized: Int? = 256
  /// The side of the square that is cropped, in pixels: anywhere while training, from the middle in evaluation. From 32 to
  /// 16,384, and at most `resized`.
  public var cropped = 224
  /// Whether half of the images trained on are mirrored, left to right.
  public var flips = true
  /// Whether images that cannot be read, or are smaller than the square, are left out and counted, as the metric
  /// ``VGG16Task/skippedImages``; otherwise the first one ends the run.
  public var skipsDamaged = false
  /// On how many background threads images are read, each a batch ahead; from 1 to 256.
  public var loaders = 4
  /// The network.
  public var model = VGG16.Settings()
  /// Length and rhythm.
  public var training = TrainingConfiguration(epochs: 74, batchSize: 256)
  /// The optimizer.
  public var optimizer = OptimizerConfiguration(StochasticGradientDescent(momentum: 0.9), learningRate: 0.01)
  /// The feedback matrices.
  public var feedback = FeedbackConfiguration()

  /// The images and the network of the 2019 paper.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] =
    [
      SettingKey(
        "images", \Self.images, "a data set in colour, such as cifar-10, or a folder with train and val",
        SettingRange("a data set or folder") { !$0.isEmpty }),
      SettingKey(
        "trainingImages", optional: \Self.trainingImages,
        "how many training images are used, evenly over all classes; null: all", .atLeast(2)),
      SettingKey(
        "validationImages", \Self.validationImages,
        "how many of them are set apart for validation, again evenly",
        .atLeast(1)),
      SettingKey(
        "testImages", optional: \Self.testImages,
        "how many test images are used, evenly over all classes; null: all",
        .atLeast(1)),
      SettingKey(
        "resized", optional: \Self.resized,
        "to how many pixels the shorter side of images is scaled; null: not at all", .within(1...16_384)),
      SettingKey(
        "cropped", \Self.cropped, "the side of the square that is cropped, in pixels", .within(32...16_384)),
      SettingKey("flips", \Self.flips, "whether half of the images trained on are mirrored"),
      SettingKey(
        "skipsDamaged", \Self.skipsDamaged,
        "whether images that cannot be read are left out and counted, and do not end the run"),
      SettingKey(
        "loaders", \Self.loaders, "on how many background threads images are read, each a batch ahead",
        .within(1...256)),
      SettingKey("model", \Self.model, "the network"),
    ] + commonKeys

  /// The square must fit into the scaled image, and images are read batch by batch.
  public func validate() throws(SettingError) {
    if let resized {
      try require(
        "cropped", cropped <= resized, "must be at most resized, which is \(resized), not \(cropped)")
    }
    try require(
      "training.batchSize", training.batchSize != nil, "must be a number: images are read batch by batch")
  }
}
