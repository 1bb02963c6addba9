import Foundation

/// A rotation, as a quaternion of length 1.
struct Quaternion: Equatable {
  /// The real part, and those of i, j and k.
  var parts: SIMD4<Double>

  /// The rotation that turns the axes of the world into those of a pose, whose lengths do not count.
  init(_ pose: CameraPose) {
    let (x, y, z) = (pose.right.normalized, pose.up.normalized, pose.backward.normalized)
    // Four times the squares of the parts; the greatest of them divides best.
    let squares = SIMD4(
      1 + x.x + y.y + z.z, 1 + x.x - y.y - z.z, 1 - x.x + y.y - z.z, 1 - x.x - y.y + z.z)
    let products: SIMD4<Double>
    if squares[0] == squares.max() {
      products = SIMD4(squares[0], y.z - z.y, z.x - x.z, x.y - y.x)
    } else if squares[1] == squares.max() {
      products = SIMD4(y.z - z.y, squares[1], x.y + y.x, z.x + x.z)
    } else if squares[2] == squares.max() {
      products = SIMD4(z.x - x.z, x.y + y.x, squares[2], y.z + z.y)
    } else {
      products = SIMD4(x.y - y.x, z.x + x.z, y.z + z.y, squares[3])
    }
    parts = products / (products * products).sum().squareRoot()
  }

  private init(_ parts: SIMD4<Double>) { self.parts = parts / (parts * parts).sum().squareRoot() }

  /// The rotation between two, on the shorter way, turning evenly.
  /// - Parameters:
  ///   - other: The rotation that is reached in the end.
  ///   - share: The share of the way, from 0 to 1.
  func interpolated(to other: Quaternion, _ share: Double) -> Quaternion {
    let cosine = (parts * other.parts).sum()
    // Both signs are the same rotation.
    let end = cosine < 0 ? -other.parts : other.parts
    let angle = acos(min(abs(cosine), 1))
    guard angle > 1e-6 else { return Quaternion(parts + share * (end - parts)) }
    return Quaternion((sin((1 - share) * angle) * parts + sin(share * angle) * end) / sin(angle))
  }

  /// The pose of a camera that is turned so.
  func pose(at position: SIMD3<Double>) -> CameraPose {
    let (w, x, y, z) = (parts[0], parts[1], parts[2], parts[3])
    return CameraPose(
      right: SIMD3(1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)),
      up: SIMD3(2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)),
      backward: SIMD3(2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)), position: position)
  }
}
