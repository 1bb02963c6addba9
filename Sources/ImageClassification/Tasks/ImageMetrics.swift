import Torch
import Training

/// The accuracy and the cross-entropy of a network, as means over the images of all batches seen.
struct ImageMetrics {
  /// How many images have been seen.
  private(set) var count = 0
  private var correct = 0.0
  private var lossSum = 0.0

  /// The fraction of images whose class has the largest logit, and the mean cross-entropy; empty before the first image.
  var values: [Metric: Double] {
    count == 0 ? [:] : [.accuracy: correct / Double(count), .loss: lossSum / Double(count)]
  }

  /// Adds the images of a batch, at least one.
  mutating func add(_ batch: ImageBatch, logits: Tensor) {
    let images = Double(batch.sampleCount)
    correct += accuracy(logits, batch.labels) * images
    lossSum += logits.crossEntropy(batch.labels).item * images
    count += batch.sampleCount
  }
}
