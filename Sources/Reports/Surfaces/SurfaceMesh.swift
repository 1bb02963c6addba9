/// A surface of triangles.
public struct SurfaceMesh: Sendable {
  /// Where its corners are.
  public var positions: [SIMD3<Float>]
  /// The places among the corners of those of each triangle, against the clock as seen from outside.
  public var triangles: [SIMD3<UInt32>]

  /// A surface.
  public init(positions: [SIMD3<Float>] = [], triangles: [SIMD3<UInt32>] = []) {
    (self.positions, self.triangles) = (positions, triangles)
  }

  /// The direction outward at each corner, of length 1: the mean of those of its triangles by their areas; zero where they
  /// cancel out.
  public var normals: [SIMD3<Float>] {
    var sums = [SIMD3<Float>](repeating: .zero, count: positions.count)
    for triangle in triangles {
      let normal = crossProduct(of: triangle)
      for corner in 0..<3 { sums[Int(triangle[corner])] += normal }
    }
    return sums.map { sum in
      let length = (sum * sum).sum().squareRoot()
      return length > 0 ? sum / length : .zero
    }
  }

  /// The area.
  public var area: Double {
    triangles.reduce(0) { sum, triangle in
      let normal = crossProduct(of: triangle)
      return sum + Double((normal * normal).sum().squareRoot()) / 2
    }
  }

  /// The volume that a closed surface has inside.
  public var volume: Double {
    triangles.reduce(0) { sum, triangle in
      // That of the tetrahedron with the origin, below zero where it lies on its outer side.
      sum + Double((positions[Int(triangle.x)] * crossProduct(of: triangle)).sum()) / 6
    }
  }

  /// The vector product of two sides of a triangle: outward, of twice its area's length.
  private func crossProduct(of triangle: SIMD3<UInt32>) -> SIMD3<Float> {
    let first = positions[Int(triangle.x)]
    let (a, b) = (positions[Int(triangle.y)] - first, positions[Int(triangle.z)] - first)
    return SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
