/// The triangles within a cube whose corners are inside or outside a surface.
///
/// On each face, every run of corners inside is cut off from the others by a segment between the two edges where it ends. A
/// face whose corners alternate is so cut alike by both of its cubes, which see the same corners: the surface has no holes. Each
/// edge that the surface crosses ends one segment of each of its two faces, and so segments form loops; these are cut into
/// triangles without a side between two edges of one face, lest the next cube has the same side.
///
/// **Source** Lorensen and Cline 1987, "Marching cubes"; the rule for faces that alternate as in Nielson and Hamann 1991.
enum CubeTriangulation {
  /// The triangles, of points on edges, against the clock as seen from outside; by which corners are inside, a bit each.
  static let cases: [[[CubeEdge]]] = (0..<256).map { inside in
    loops(inside).flatMap { loop in triangles(loop, 0, loop.count - 1) ?? [] }
  }

  /// The corners of each face, against the clock as seen from outside.
  private static let faces: [[Int]] = (0..<3).flatMap { axis in
    let (u, v) = (1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3))
    let near = [0, v, u | v, u]
    return [near, near.reversed().map { $0 | 1 << axis }]
  }

  /// The closed loops of points on edges that the surface crosses, against the clock as seen from outside.
  static func loops(_ inside: Int) -> [[CubeEdge]] {
    func isInside(_ corner: Int) -> Bool { inside >> corner & 1 == 1 }
    var next: [CubeEdge: CubeEdge] = [:]
    for face in faces {
      for end in 0..<4 where isInside(face[end]) && !isInside(face[(end + 1) % 4]) {
        var start = end
        while isInside(face[(start + 3) % 4]) { start = (start + 3) % 4 }
        next[CubeEdge(face[(start + 3) % 4], face[start])] = CubeEdge(face[end], face[(end + 1) % 4])
      }
    }
    var loops: [[CubeEdge]] = []
    // In the order of faces, not of a dictionary, so that it is the same in every process.
    for edge in faces.flatMap({ face in (0..<4).map { CubeEdge(face[$0], face[($0 + 1) % 4]) } }) {
      var loop: [CubeEdge] = []
      var last = edge
      while let following = next.removeValue(forKey: last) {
        loop.append(last)
        last = following
      }
      if !loop.isEmpty { loops.append(loop) }
    }
    return loops
  }

  /// Triangles of the part of a loop from one point to another; nil when there are none without a side within a face.
  static func triangles(_ loop: [CubeEdge], _ first: Int, _ last: Int) -> [[CubeEdge]]? {
    guard last - first > 1 else { return [] }
    func isSide(_ first: Int, _ last: Int) -> Bool {
      last - first == 1 || !loop[first].sharesFace(with: loop[last])
    }
    for middle in first + 1..<last where isSide(first, middle) && isSide(middle, last) {
      if let before = triangles(loop, first, middle), let after = triangles(loop, middle, last) {
        return before + [[loop[first], loop[middle], loop[last]]] + after
      }
    }
    return nil
  }
}
