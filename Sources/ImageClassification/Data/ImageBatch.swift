import Torch
import Training

/// The images of a step, as a network takes them.
public struct ImageBatch: CapturableBatch, Sendable {
  /// The pixels, normalised.
  ///
  /// **Shape** `[B, channels, height, width]`
  public let inputs: Tensor
  /// The classes.
  ///
  /// **Shape** `[B]`, `int64`
  public let labels: Tensor

  /// Images with a class each.
  public init(inputs: Tensor, labels: Tensor) { (self.inputs, self.labels) = (inputs, labels) }

  /// B, the number of images.
  public var sampleCount: Int { labels.shape[0] }

  /// The pixels and the classes.
  public var tensors: [Tensor] { [inputs, labels] }

  /// The images and what a network says of them, by name.
  func predictions(_ logits: Tensor) -> [String: Tensor] {
    ["inputs": inputs, "labels": labels, "logits": logits]
  }

  /// Other images.
  public func replacing(_ tensors: [Tensor]) -> ImageBatch {
    ImageBatch(inputs: tensors[0], labels: tensors[1])
  }

  /// Parts of the images, one after the other: so many at most, of so many images at least.
  func parts(_ count: Int, ofAtLeast fewest: Int) -> [MicroBatch<ImageBatch>] {
    MicroBatch.split(sampleCount, into: count, ofAtLeast: fewest) { range in
      ImageBatch(
        inputs: inputs.narrowed(0, start: range.lowerBound, length: range.count),
        labels: labels.narrowed(0, start: range.lowerBound, length: range.count))
    }
  }
}
