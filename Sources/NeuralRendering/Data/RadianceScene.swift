import Training

/// Photographs of one scene, and between which distances something is to be seen.
public struct RadianceScene: Sendable {
  /// The coordinates in which rays are sampled.
  public enum Space: String, Sendable {
    /// Those of the world, for scenes seen from around.
    case world
    /// Normalised device coordinates with the near plane at distance 1, for scenes seen from the front: distances from 0 to 1 along
    /// a ray reach from there to infinity (Mildenhall et al. 2020, appendix C).
    case normalizedDevice
  }

  /// What people call it: `lego`.
  public let name: String
  /// The views of each part; all of one size.
  public let views: [Split: [SceneView]]
  /// The distances along a ray, in units of its direction's length, between which it is sampled.
  public let bounds: ClosedRange<Double>
  /// The coordinates in which rays are sampled.
  public let space: Space
  /// Cameras for a film of the scene, such as the spiral of LLFF; nil for one that goes round the origin.
  public let spiral: SpiralPath?

  /// A scene.
  public init(
    name: String, views: [Split: [SceneView]], bounds: ClosedRange<Double>, space: Space = .world,
    spiral: SpiralPath? = nil
  ) {
    (self.name, self.views, self.bounds, self.space, self.spiral) = (name, views, bounds, space, spiral)
  }

  /// The views of a part.
  public func views(_ split: Split) -> [SceneView] { views[split] ?? [] }
}
