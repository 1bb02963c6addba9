extension SpiralPath {
  /// The spiral of the published code in front of a scene.
  /// - Parameters:
  ///   - poses: Where the photographs were taken; at least one, with a mean.
  ///   - near: The nearest bound.
  ///   - far: The farthest.
  init?(around poses: [CameraPose], near: Double, far: Double) {
    guard let center = CameraPose(meanOf: poses) else { return nil }
    // Three quarters of the way, in inverse distance.
    let share = 0.75
    let focus = 1 / ((1 - share) / (0.9 * near) + share / (5 * far))
    let radii = (0..<3).map { axis in Self.percentile(90, poses.map { abs($0.position[axis]) }) }
    self.init(center: center, radii: SIMD3(radii[0], radii[1], radii[2]), focus: focus)
  }

  /// The value that a share of the values is below, between two of them in proportion.
  /// - Parameters:
  ///   - percent: The share, in percent.
  ///   - values: The values; at least one.
  static func percentile(_ percent: Double, _ values: [Double]) -> Double {
    let sorted = values.sorted()
    let place = percent / 100 * Double(sorted.count - 1)
    let index = min(Int(place), sorted.count - 1)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (place - Double(index)) * (sorted[next] - sorted[index])
  }
}
