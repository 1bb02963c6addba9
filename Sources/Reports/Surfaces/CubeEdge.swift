/// An edge of a cube whose corners are numbered by three bits: whether they are at the far end along x, y and z.
struct CubeEdge: Hashable {
  /// The axis that it runs along: 0 for x, 1 for y, 2 for z.
  let axis: Int
  /// The corner that it begins at; its bit of the axis is 0.
  let corner: Int

  /// The edge between two corners that differ in one bit.
  init(_ first: Int, _ second: Int) {
    axis = (first ^ second).trailingZeroBitCount
    corner = min(first, second)
  }

  /// How far the corner that it begins at is from the cube's first one.
  var offset: SIMD3<Int> { SIMD3(corner & 1, corner >> 1 & 1, corner >> 2 & 1) }

  /// Whether a face of the cube has both edges.
  func sharesFace(with other: CubeEdge) -> Bool {
    (0..<3).contains { face in
      face != axis && face != other.axis && corner >> face & 1 == other.corner >> face & 1
    }
  }
}
