/// An upright cylinder with its two lids, of one colour.
struct SceneCylinder: SceneSolid {
  /// Its middle.
  let center: SIMD3<Double>
  /// From the axis to the side.
  let radius: Double
  /// Half of its height.
  let half: Double
  /// Red, green and blue, from 0 to 1.
  let color: SIMD3<Double>

  func hit(by ray: SceneRay) -> (distance: Double, normal: SIMD3<Double>)? {
    let (offset, direction) = (ray.origin - center, ray.direction)
    var best: (distance: Double, normal: SIMD3<Double>)?
    func consider(_ distance: Double, _ normal: SIMD3<Double>) {
      if distance > Self.leastDistance, distance < best?.distance ?? .infinity { best = (distance, normal) }
    }
    if direction.z != 0 {
      for lid in [-half, half] {
        let distance = (lid - offset.z) / direction.z
        let (x, y) = (offset.x + distance * direction.x, offset.y + distance * direction.y)
        if x * x + y * y <= radius * radius { consider(distance, SIMD3(0, 0, lid > 0 ? 1 : -1)) }
      }
    }
    let square = direction.x * direction.x + direction.y * direction.y
    let product = offset.x * direction.x + offset.y * direction.y
    let discriminant =
      product * product - square * (offset.x * offset.x + offset.y * offset.y - radius * radius)
    guard square > 0, discriminant >= 0 else { return best }
    for root in [-discriminant.squareRoot(), discriminant.squareRoot()] {
      let distance = (root - product) / square
      let place = offset + distance * direction
      if abs(place.z) <= half { consider(distance, SIMD3(place.x, place.y, 0) / radius) }
    }
    return best
  }

  func color(at point: SIMD3<Double>) -> SIMD3<Double> { color }
}
