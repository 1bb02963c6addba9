import Torch

/// Rays of light, traced back from cameras.
public struct Rays: Sendable {
  /// Where they start.
  ///
  /// **Shape** `[R, 3]`
  public let origins: Tensor
  /// Where they go; a distance along a ray is in units of this length.
  ///
  /// **Shape** `[R, 3]`
  public let directions: Tensor
  /// The same in world coordinates, of length 1: what colours depend on.
  ///
  /// **Shape** `[R, 3]`
  public let viewDirections: Tensor

  /// Rays.
  public init(origins: Tensor, directions: Tensor, viewDirections: Tensor) {
    (self.origins, self.directions, self.viewDirections) = (origins, directions, viewDirections)
  }

  /// How many there are.
  public var count: Int { origins.shape[0] }

  /// Some of the rays.
  func narrowed(_ range: Range<Int>) -> Rays {
    func part(_ x: Tensor) -> Tensor { x.narrowed(0, start: range.lowerBound, length: range.count) }
    return Rays(
      origins: part(origins), directions: part(directions), viewDirections: part(viewDirections))
  }

  /// The points at distances along each ray.
  ///
  /// **Shape** `[R, S]` to `[R S, 3]`
  func points(at depths: Tensor) -> Tensor {
    (origins.unsqueezed(1) + directions.unsqueezed(1) * depths.unsqueezed(2)).reshaped([-1, 3])
  }
}
