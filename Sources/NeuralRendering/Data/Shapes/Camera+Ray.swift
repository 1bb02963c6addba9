extension Camera {
  /// The ray through a point of the image.
  /// - Parameters:
  ///   - x: From the left edge, in pixels; the middle of the first column is at 0.5.
  ///   - y: From the upper edge.
  func ray(x: Double, y: Double) -> SceneRay {
    let point = SIMD3((x - Double(width) / 2) / focal, (Double(height) / 2 - y) / focal, -1)
    return SceneRay(origin: pose.position, direction: (pose.world(point) - pose.position).normalized)
  }
}
