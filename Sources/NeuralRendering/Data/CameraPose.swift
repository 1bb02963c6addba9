/// Where a camera stands and how it is turned, from camera to world coordinates; it looks along its negative z axis, with x to the
/// right and y up (OpenGL's convention).
public struct CameraPose: Sendable, Hashable {
  /// The camera's right, in world coordinates: the first column of the rotation.
  public var right: SIMD3<Double>
  /// The camera's up.
  public var up: SIMD3<Double>
  /// Opposite to where the camera looks.
  public var backward: SIMD3<Double>
  /// Where it stands.
  public var position: SIMD3<Double>

  /// A pose of these axes.
  public init(
    right: SIMD3<Double>, up: SIMD3<Double>, backward: SIMD3<Double>, position: SIMD3<Double>
  ) {
    (self.right, self.up, self.backward, self.position) = (right, up, backward, position)
  }

  /// A pose of the first three rows of a matrix `[3, 4]` or `[4, 4]`, rows first.
  public init(rows matrix: [Double]) {
    precondition(matrix.count == 12 || matrix.count == 16)
    func column(_ index: Int) -> SIMD3<Double> {
      SIMD3(matrix[index], matrix[4 + index], matrix[8 + index])
    }
    self.init(right: column(0), up: column(1), backward: column(2), position: column(3))
  }

  /// The pose of a camera that looks at a point.
  /// - Parameters:
  ///   - position: Where it stands.
  ///   - target: What it looks at; elsewhere.
  ///   - up: What is up on its image, as far as possible; not along the line of sight.
  public init(at position: SIMD3<Double>, lookingAt target: SIMD3<Double>, up: SIMD3<Double>) {
    let backward = (position - target).normalized
    let right = up.cross(backward).normalized
    self.init(right: right, up: backward.cross(right), backward: backward, position: position)
  }

  /// The matrix `[3, 4]`, rows first.
  public var rows: [Double] {
    (0..<3).flatMap { [right[$0], up[$0], backward[$0], position[$0]] }
  }

  /// Why the pose is none: NaN, or axes that are not at right angles or of unequal length; nil where it is one.
  public var fault: String? {
    let axes = [right, up, backward]
    guard rows.allSatisfy(\.isFinite) else { return "has numbers that are not finite" }
    let lengths = axes.map(\.length)
    guard let shortest = lengths.min(), let longest = lengths.max(), shortest > 1e-6 else {
      return "is singular: an axis has no length"
    }
    let angles = [right.dot(up), up.dot(backward), backward.dot(right)].map { abs($0) / (longest * longest) }
    guard longest / shortest < 1.01, angles.allSatisfy({ $0 < 0.01 }) else {
      return "is no rotation: its axes are not of one length and at right angles"
    }
    return nil
  }
}
