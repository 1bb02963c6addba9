/// A thing that rays can hit.
protocol SceneSolid: Sendable {
  /// The first place, beyond a small distance, where a ray meets the surface; nil where it passes by.
  /// - Returns: The distance, and the outward direction at right angles to the surface, of length 1.
  func hit(by ray: SceneRay) -> (distance: Double, normal: SIMD3<Double>)?
  /// The colour at a point of the surface: red, green and blue from 0 to 1.
  func color(at point: SIMD3<Double>) -> SIMD3<Double>
}

extension SceneSolid {
  /// The least distance that counts, so that a ray from a surface does not meet it at once.
  static var leastDistance: Double { 1e-6 }
}
