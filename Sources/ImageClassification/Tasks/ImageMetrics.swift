import Torch
import Training

/// The accuracy and the cross-entropy of a network, as means over the images of all batches seen.
struct ImageMetrics {
  /// How many images have been seen.
  private(set) var count = 0
  private var correct = 0.0
  private var lossSum = 0.0

  /// The fraction of images whose class has the greatest logit; NaN before the first.
  var accuracy: Double { correct / Double(count) }
  /// The mean cross-entropy; NaN before the first.
  var loss: Double { lossSum / Double(count) }

  /// Adds the images of a batch, at least one.
  mutating func add(_ batch: ImageBatch, logits: Tensor) {
    let images = batch.labels.count
    correct += Training.accuracy(logits, batch.labels) * Double(images)
    lossSum += logits.crossEntropy(batch.labels).item * Double(images)
    count += images
  }
}
