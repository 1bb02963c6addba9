import Torch
import Training

/// Rays with the colours that photographs have there.
public struct RayBatch: CapturableBatch, Sendable {
  /// The step that the batch is for.
  public let step: Int
  /// The rays.
  public let rays: Rays
  /// Red, green and blue over the background, from 0 to 1.
  ///
  /// **Shape** `[R, 3]`
  public let colors: Tensor

  /// The rays and the colours.
  public var tensors: [Tensor] { [rays.origins, rays.directions, rays.viewDirections, colors] }

  /// Other rays.
  public func replacing(_ tensors: [Tensor]) -> RayBatch {
    RayBatch(
      step: step, rays: Rays(origins: tensors[0], directions: tensors[1], viewDirections: tensors[2]),
      colors: tensors[3])
  }

  /// Some of the rays.
  func narrowed(_ range: Range<Int>) -> RayBatch {
    RayBatch(
      step: step, rays: rays.narrowed(range),
      colors: colors.narrowed(0, start: range.lowerBound, length: range.count))
  }
}
