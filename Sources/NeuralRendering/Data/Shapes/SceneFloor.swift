/// A level disc around the vertical axis, in a pattern of squares of two colours.
struct SceneFloor: SceneSolid {
  /// How high it lies.
  let height: Double
  /// From its middle to its edge.
  let radius: Double
  /// The side of a square.
  let side: Double
  /// Red, green and blue of every second square, from 0 to 1.
  let first: SIMD3<Double>
  /// Those of the others.
  let second: SIMD3<Double>

  func hit(by ray: SceneRay) -> (distance: Double, normal: SIMD3<Double>)? {
    guard ray.direction.z != 0 else { return nil }
    let distance = (height - ray.origin.z) / ray.direction.z
    let place = ray.point(distance)
    guard distance > Self.leastDistance, place.x * place.x + place.y * place.y <= radius * radius else {
      return nil
    }
    return (distance, SIMD3(0, 0, ray.direction.z < 0 ? 1 : -1))
  }

  func color(at point: SIMD3<Double>) -> SIMD3<Double> {
    let squares = (point.x / side).rounded(.down) + (point.y / side).rounded(.down)
    return squares.truncatingRemainder(dividingBy: 2) == 0 ? first : second
  }
}
