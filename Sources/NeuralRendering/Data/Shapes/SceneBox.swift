import Foundation

/// A box that stands upright, turned around the vertical, of one colour.
struct SceneBox: SceneSolid {
  /// Its middle.
  let center: SIMD3<Double>
  /// Half of its width, depth and height.
  let halves: SIMD3<Double>
  /// Red, green and blue, from 0 to 1.
  let color: SIMD3<Double>
  private let cosine, sine: Double

  /// A box.
  /// - Parameters:
  ///   - center: Its middle.
  ///   - halves: Half of its width, depth and height.
  ///   - degrees: How far it is turned to the left, seen from above.
  ///   - color: Red, green and blue, from 0 to 1.
  init(center: SIMD3<Double>, halves: SIMD3<Double>, turnedBy degrees: Double, color: SIMD3<Double>) {
    (self.center, self.halves, self.color) = (center, halves, color)
    (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
  }

  func hit(by ray: SceneRay) -> (distance: Double, normal: SIMD3<Double>)? {
    let (origin, direction) = (turnedBack(ray.origin - center), turnedBack(ray.direction))
    // Where the ray is between each two opposite faces.
    var (entry, exit) = (-Double.infinity, Double.infinity)
    var (entryAxis, exitAxis) = (0, 0)
    for axis in 0..<3 {
      guard direction[axis] != 0 else {
        if abs(origin[axis]) > halves[axis] { return nil }
        continue
      }
      let one = (-halves[axis] - origin[axis]) / direction[axis]
      let other = (halves[axis] - origin[axis]) / direction[axis]
      if min(one, other) > entry { (entry, entryAxis) = (min(one, other), axis) }
      if max(one, other) < exit { (exit, exitAxis) = (max(one, other), axis) }
    }
    guard entry <= exit, exit > Self.leastDistance else { return nil }
    let isOutside = entry > Self.leastDistance
    let axis = isOutside ? entryAxis : exitAxis
    var normal = SIMD3<Double>()
    normal[axis] = (direction[axis] > 0) == isOutside ? -1 : 1
    return (isOutside ? entry : exit, turned(normal))
  }

  func color(at point: SIMD3<Double>) -> SIMD3<Double> { color }

  private func turned(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(cosine * vector.x - sine * vector.y, sine * vector.x + cosine * vector.y, vector.z)
  }

  private func turnedBack(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(cosine * vector.x + sine * vector.y, cosine * vector.y - sine * vector.x, vector.z)
  }
}
