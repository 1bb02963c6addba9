import FeedbackAlignment
import Networks
import Training

/// The configuration of ``ImageClassificationTask``.
public struct ImageClassificationConfiguration: TaskConfiguration {
  /// A data set, or images of one's own that ``OwnImages`` reads: the path of a folder or of an `.npz` file, or a name under a
  /// data root.
  public var dataset = ImageSelection.name(.fashionMNIST)
  /// How images of one's own are read.
  public var own = OwnImages.Settings()
  /// How many training images are used; at least 1. Nil, and more than there are, mean all.
  public var trainingImages: Int?
  /// How many of the training images are set apart for validation, from the end, unless one's own data have others for it.
  /// With 0 nothing is validated, and the
  /// last evaluation must be what counts.
  public var validationImages = 5_000
  /// How many of the images trained on, from the first, the accuracy of the selected weights is measured on too; 0 leaves it
  /// out.
  public var evaluatedTrainingImages = 0
  /// The network.
  public var model = ImageModelChoice(MultilayerPerceptron.Settings())
  /// Length and rhythm.
  public var training = TrainingConfiguration(epochs: 15, batchSize: 128)
  /// The optimizer.
  public var optimizer = OptimizerConfiguration(StochasticGradientDescent(), learningRate: 0.15)
  /// The feedback matrices.
  public var feedback = FeedbackConfiguration()

  /// The perceptron 784-800-800-800-10 on Fashion-MNIST.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] =
    [
      SettingKey(
        "dataset", \Self.dataset,
        "a data set, or your own images: a folder with a folder for each class, or an .npz file"),
      SettingKey("own", \Self.own, "how your own images are read"),
      SettingKey(
        "trainingImages", optional: \Self.trainingImages, "how many training images are used; null: all",
        .atLeast(1)),
      SettingKey(
        "validationImages", \Self.validationImages,
        "how many of the training images are set apart for validation; 0: none", .atLeast(0)),
      SettingKey(
        "evaluatedTrainingImages", \Self.evaluatedTrainingImages,
        "how many of the images trained on trainAccuracy is measured on; 0: it is not", .atLeast(0)),
      SettingKey("model", \Self.model, "the network"),
    ] + commonKeys

  /// Without validation nothing may look at it.
  public func validate() throws(SettingError) {
    let looksAtValidation =
      training.selection != .last || training.patience != nil || optimizer.schedule.schedule.watch != nil
    try require(
      "validationImages", validationImages > 0 || !looksAtValidation,
      "must be at least 1, unless training.selection is last and neither training.patience nor the learning rate's "
        + "schedule looks at validation")
  }
}
