/// A straight line from a point on.
struct SceneRay {
  /// Where it begins.
  let origin: SIMD3<Double>
  /// Where it goes; of length 1.
  let direction: SIMD3<Double>

  /// The point at a distance.
  func point(_ distance: Double) -> SIMD3<Double> { origin + distance * direction }
}
