import FeedbackAlignment
import Networks
import Training

/// The configuration of ``VGG16Task``.
public struct VGG16Configuration: TaskConfiguration {
  /// `cifar-10`, `cifar-100`, or a folder with the folders `train` and `val`, each with a folder of JPEG or PNG images for
  /// every class: a path, or a name under a data root.
  public var images: String
  /// How many training images are used, spread over all classes; at least 2. More than there are means all.
  public var trainingImages: Int
  /// How many of them are set apart for validation, again spread; at least 1.
  public var validationImages: Int
  /// How many test images are used, spread; at least 1. More than there are means all.
  public var testImages: Int
  /// To how many pixels the shorter side of every image is scaled; 0 leaves images as they are.
  public var resized: Int
  /// The side of the square that is cut out: anywhere while training, from the middle in evaluation. At least 32, and at
  /// most `resized` where that is not 0.
  public var cropped: Int
  /// Whether half of the images trained on are mirrored, left to right.
  public var flips: Bool
  /// Whether images that cannot be read, or are smaller than the square, are left out and counted, as the metric
  /// `skippedImages`; otherwise the first one ends the run.
  public var skipsDamaged: Bool
  /// On how many background threads images are read, each a batch ahead; from 1 to 256.
  public var loaders: Int
  /// The channels of the first block of convolutions; at least 1.
  public var width: Int
  /// The side of what the dense layers see, in pixels; from 1 to 32.
  public var pooled: Int
  /// The width of the dense layers; at least 1.
  public var denseUnits: Int
  /// The probability that a unit of the dense layers is dropped; in [0, 1).
  public var dropout: Double
  /// Whether batch normalisation comes before the rectifiers of convolutions.
  public var batchNorm: Bool
  /// Length and rhythm.
  public var training: TrainingConfiguration
  /// The optimizer.
  public var optimizer: OptimizerConfiguration
  /// The feedback matrices.
  public var feedback: FeedbackConfiguration

  /// Checks the sizes and probabilities.
  public func validate() throws {
    func require(_ key: String, _ value: Int, from: Int = 1, to: Int) throws {
      try Training.require(key, (from...to).contains(value), "must be from \(from) to \(to), not \(value)")
    }
    try Training.require("images", !images.isEmpty, "must name a data set or folder")
    try require("trainingImages", trainingImages, from: 2, to: .max)
    try require("validationImages", validationImages, to: .max)
    try require("testImages", testImages, to: .max)
    try require("resized", resized, from: 0, to: 16_384)
    try require("cropped", cropped, from: 32, to: resized == 0 ? 16_384 : max(resized, 32))
    try require("loaders", loaders, to: 256)
    try require("width", width, to: 65_536)
    try require("pooled", pooled, to: 32)
    try require("denseUnits", denseUnits, to: 1_000_000)
    try Training.require(
      "dropout", (0..<1).contains(dropout), "must be at least 0 and less than 1, not \(dropout)")
  }
}
