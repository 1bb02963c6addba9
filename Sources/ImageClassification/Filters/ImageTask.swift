import Networks
import Torch
import Training

/// A task whose network takes images, so that what its filters look for can be drawn.
public protocol ImageTask: TrainingTask {
  /// The channels, rows and columns of an image.
  var imageShape: [Int] { get }

  /// Runs the network on images, normalised as the task's.
  ///
  /// **Shape** `[B, channels, height, width]` to logits `[B, K]`
  func logits(_ images: Tensor, _ pass: Pass) -> Tensor
}
