import Torch

/// What a radiance field shows along rays.
public struct RenderedRays: Sendable {
  /// Red, green and blue over the background, from 0 to 1.
  ///
  /// **Shape** `[R, 3]`
  public let colors: Tensor
  /// The expected distance of what stops the ray.
  ///
  /// **Shape** `[R]`
  public let depth: Tensor
  /// The share of light that something stops.
  ///
  /// **Shape** `[R]`
  public let opacity: Tensor
}
