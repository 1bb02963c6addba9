/// A ball of one colour.
struct SceneSphere: SceneSolid {
  /// Its middle.
  let center: SIMD3<Double>
  /// From the middle to the surface.
  let radius: Double
  /// Red, green and blue, from 0 to 1.
  let color: SIMD3<Double>

  func hit(by ray: SceneRay) -> (distance: Double, normal: SIMD3<Double>)? {
    let offset = ray.origin - center
    let half = offset.dot(ray.direction)
    let discriminant = half * half - offset.dot(offset) + radius * radius
    guard discriminant >= 0 else { return nil }
    let root = discriminant.squareRoot()
    let distance = -half - root > Self.leastDistance ? -half - root : root - half
    guard distance > Self.leastDistance else { return nil }
    return (distance, (ray.point(distance) - center) / radius)
  }

  func color(at point: SIMD3<Double>) -> SIMD3<Double> { color }
}
