import Torch
import Training

/// The images of a step, as a network takes them.
public struct ImageBatch: CapturableBatch, Sendable {
  /// The pixels, normalised.
  ///
  /// **Shape** `[B, channels, height, width]`
  let inputs: Tensor
  /// The classes.
  ///
  /// **Shape** `[B]`, `int64`
  let labels: Tensor

  /// The pixels and the classes.
  public var tensors: [Tensor] { [inputs, labels] }

  /// Other images.
  public func replacing(_ tensors: [Tensor]) -> ImageBatch {
    ImageBatch(inputs: tensors[0], labels: tensors[1])
  }

  /// Parts of the images, one after the other.
  func parts(_ count: Int) -> [MicroBatch<ImageBatch>] {
    MicroBatch.split(labels.count, into: count) { range in
      ImageBatch(
        inputs: inputs.narrowed(0, start: range.lowerBound, length: range.count),
        labels: labels.narrowed(0, start: range.lowerBound, length: range.count))
    }
  }
}
