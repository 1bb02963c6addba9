extension CameraPose {
  /// The mean of poses: of places and directions, with what is up in the mean; nil where there is none, as directions cancel.
  package init?(meanOf poses: [CameraPose]) {
    func sum(_ path: KeyPath<CameraPose, SIMD3<Double>>) -> SIMD3<Double> {
      poses.reduce(SIMD3()) { $0 + $1[keyPath: path] }
    }
    guard !poses.isEmpty else { return nil }
    let position = sum(\.position) / Double(poses.count)
    self.init(at: position, lookingAt: position - sum(\.backward), up: sum(\.up))
    if fault != nil { return nil }
  }

  /// The pose as seen from another, which itself becomes the identity.
  package func relative(to other: CameraPose) -> CameraPose {
    func turned(_ vector: SIMD3<Double>) -> SIMD3<Double> {
      SIMD3(vector.dot(other.right), vector.dot(other.up), vector.dot(other.backward))
    }
    return CameraPose(
      right: turned(right), up: turned(up), backward: turned(backward),
      position: turned(position - other.position))
  }

  /// Where in the world a point is that is given as the camera sees it.
  /// - Parameter point: How far it is to the right, up and backwards.
  package func world(_ point: SIMD3<Double>) -> SIMD3<Double> {
    position + point.x * right + point.y * up + point.z * backward
  }
}
