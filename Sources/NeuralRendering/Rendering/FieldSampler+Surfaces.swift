import Reports

extension FieldSampler {
  /// The densities on a grid of a cube around the origin.
  /// - Parameters:
  ///   - resolution: How many points there are along each axis; traps below 2.
  ///   - bound: How far the cube reaches from the origin along each axis.
  ///   - progress: Told after each of its layers how many are done.
  public func grid(resolution: Int, bound: Double, progress: (Int) -> Void = { _ in }) -> ScalarGrid {
    var layers = 0
    return ScalarGrid(resolution: resolution, bound: Float(bound)) { points in
      defer {
        layers += 1
        progress(layers)
      }
      return densities(at: points)
    }
  }

  /// The points of a grid whose density is above a level, coloured as they look from outside, which is where the density
  /// falls.
  public func points(of grid: ScalarGrid, above level: Double) -> PointCloudFile {
    let dense = grid.corners.filter { grid[$0] > Float(level) }
    let positions = dense.map { grid.place($0) }
    let normals = zip(dense, positions).map { corner, position in
      Self.direction(-grid.slope(at: corner), orOf: position)
    }
    return PointCloudFile(
      positions: positions, colors: colors(at: positions, from: normals.map { -$0 }), normals: normals)
  }

  /// The surface of a grid on which the density is a level, coloured as it looks from outside.
  public func mesh(of grid: ScalarGrid, at level: Double) -> MeshFile {
    let mesh = MarchingCubes.surface(of: grid, level: Float(level))
    let inward = zip(mesh.normals, mesh.positions).map { -Self.direction($0, orOf: $1) }
    return MeshFile(mesh, colors: colors(at: mesh.positions, from: inward))
  }

  /// The direction of a vector; of another one where it has none, and upwards where that has none either.
  private static func direction(_ vector: SIMD3<Float>, orOf other: SIMD3<Float>) -> SIMD3<Float> {
    for candidate in [vector, other] {
      let length = (candidate * candidate).sum().squareRoot()
      if length > 1e-12, length.isFinite { return candidate / length }
    }
    return SIMD3(0, 0, 1)
  }
}
