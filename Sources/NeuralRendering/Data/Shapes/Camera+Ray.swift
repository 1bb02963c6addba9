extension Camera {
  /// The ray through a point of the image.
  /// - Parameters:
  ///   - x: From the left, in pixels; 0 is the first column, as the published code has it.
  ///   - y: From the top; 0 is the first row.
  func ray(x: Double, y: Double) -> SceneRay {
    let point = SIMD3((x - Double(width) / 2) / focal, (Double(height) / 2 - y) / focal, -1)
    return SceneRay(origin: pose.position, direction: (pose.world(point) - pose.position).normalized)
  }
}
