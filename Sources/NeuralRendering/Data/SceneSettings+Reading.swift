import Training

extension SceneSettings {
  /// The distances between which rays are sampled.
  /// - Parameter usual: What the kind of scene says, of which either end may be set otherwise.
  /// - Throws: `ConfigurationError` when they end before they begin.
  func bounds(_ usual: ClosedRange<Double>) throws -> ClosedRange<Double> {
    let (lower, upper) = (near ?? usual.lowerBound, far ?? usual.upperBound)
    guard lower < upper else {
      throw ConfigurationError.value(
        key: near == nil ? "far" : "near",
        reason:
          "rays would be sampled from \(lower) to \(upper), where this scene has \(usual.lowerBound) to "
          + "\(usual.upperBound); set near below far")
    }
    return lower...upper
  }

  /// Those of a part's views that are read.
  func selected<View>(_ views: [View], of split: Split) -> [View] {
    split == .training ? views : stride(from: 0, to: views.count, by: everyTestView).map { views[$0] }
  }
}
