/// Finds the surface on which numbers on a grid have one value.
///
/// **Source** Lorensen and Cline 1987, "Marching cubes: a high resolution 3D surface construction algorithm".
public enum MarchingCubes {
  /// The surface around the corners whose numbers are above a level, without holes but where it meets the grid's end.
  /// - Parameters:
  ///   - grid: The numbers; NaN is not above any level.
  ///   - level: The level, at which the surface is by linear interpolation along edges.
  /// - Returns: The surface; its corners are shared by the triangles of all cubes around them.
  public static func surface(of grid: ScalarGrid, level: Float) -> SurfaceMesh {
    var builder = Builder(grid: grid, level: level)
    for z in 0..<max(grid.counts.z - 1, 0) {
      builder.beginLayer(z)
      for y in 0..<max(grid.counts.y - 1, 0) {
        for x in 0..<max(grid.counts.x - 1, 0) { builder.addCube(SIMD3(x, y, z)) }
      }
    }
    return builder.mesh
  }

  private struct Builder {
    let grid: ScalarGrid
    let level: Float
    var mesh = SurfaceMesh()
    /// For the layers of an even and an odd z, the corners of the surface on edges along each axis, or -1: those of two layers
    /// are enough.
    private var corners: [[Int]]

    init(grid: ScalarGrid, level: Float) {
      (self.grid, self.level) = (grid, level)
      corners = Array(repeating: Self.none(grid), count: 2)
      offsets = (0..<8).map { grid.index(SIMD3($0 & 1, $0 >> 1 & 1, $0 >> 2 & 1)) }
    }

    /// How far among the numbers a cube's corners are from its first one.
    private let offsets: [Int]

    private static func none(_ grid: ScalarGrid) -> [Int] {
      [Int](repeating: -1, count: 3 * grid.counts.x * grid.counts.y)
    }

    /// Forgets the corners of the layer that two layers share a place with.
    mutating func beginLayer(_ z: Int) {
      if z > 0 { corners[(z + 1) & 1] = Self.none(grid) }
    }

    mutating func addCube(_ cube: SIMD3<Int>) {
      let start = grid.index(cube)
      var inside = 0
      for corner in 0..<8 where grid.values[start + offsets[corner]] > level { inside |= 1 << corner }
      guard inside != 0, inside != 255 else { return }
      for triangle in CubeTriangulation.cases[inside] {
        mesh.triangles.append(
          SIMD3(
            corner(on: triangle[0], of: cube), corner(on: triangle[1], of: cube),
            corner(on: triangle[2], of: cube)))
      }
    }

    /// The surface's corner on an edge of a cube.
    private mutating func corner(on edge: CubeEdge, of cube: SIMD3<Int>) -> UInt32 {
      let first = cube &+ edge.offset
      let place = (first.y * grid.counts.x + first.x) * 3 + edge.axis
      let known = corners[first.z & 1][place]
      if known >= 0 { return UInt32(known) }
      var second = first
      second[edge.axis] += 1
      let (a, b) = (grid.values[grid.index(first)], grid.values[grid.index(second)])
      let share = (level - a) / (b - a)
      let position = grid.place(first)
      // Where a number is not finite there is nothing to interpolate.
      let part = share.isFinite ? min(max(share, 0), 1) : 0.5
      corners[first.z & 1][place] = mesh.positions.count
      mesh.positions.append(position + part * (grid.place(second) - position))
      return UInt32(mesh.positions.count - 1)
    }
  }
}
