import Foundation

/// Draws a few solids under one distant light: matt colours, highlights, hard shadows, nothing behind them.
struct ShapesTracer: Sendable {
  /// Sub-rays of a pixel in each direction.
  static let gridSide = 3

  /// What there is to see; within ±1.5 in every direction, z upwards.
  let solids: [any SceneSolid] = [
    SceneFloor(height: -1, radius: 1.4, side: 0.35, first: [0.88, 0.86, 0.8], second: [0.32, 0.36, 0.42]),
    SceneSphere(center: [-0.5, -0.4, -0.45], radius: 0.55, color: [0.85, 0.2, 0.15]),
    SceneBox(center: [0.6, -0.35, -0.6], halves: [0.4, 0.3, 0.4], turnedBy: 30, color: [0.2, 0.4, 0.85]),
    SceneCylinder(center: [0.1, 0.65, -0.35], radius: 0.35, half: 0.65, color: [0.95, 0.75, 0.15]),
    SceneSphere(center: [0.1, 0.65, 0.6], radius: 0.3, color: [0.2, 0.7, 0.35]),
  ]
  /// Towards the light.
  private let light = SIMD3<Double>(0.6, -0.5, 1.1).normalized

  /// What a camera sees: red, green, blue and opacity of each pixel, from 0 to 255.
  ///
  /// The colour of a pixel is the mean of those of its sub-rays that hit something, and its opacity their share.
  func pixels(seenBy camera: Camera) -> [UInt8] {
    var pixels = [UInt8](repeating: 0, count: camera.width * camera.height * 4)
    let rays = Self.gridSide * Self.gridSide
    for row in 0..<camera.height {
      for column in 0..<camera.width {
        var (sum, hits) = (SIMD3<Double>(), 0)
        for index in 0..<rays {
          let (line, place) = index.quotientAndRemainder(dividingBy: Self.gridSide)
          let x = Double(column) + (Double(place) + 0.5) / Double(Self.gridSide)
          let y = Double(row) + (Double(line) + 0.5) / Double(Self.gridSide)
          guard let color = color(along: camera.ray(x: x, y: y)) else { continue }
          sum += color
          hits += 1
        }
        guard hits > 0 else { continue }
        let color = sum / Double(hits)
        let start = (row * camera.width + column) * 4
        for channel in 0..<3 { pixels[start + channel] = UInt8((color[channel] * 255).rounded()) }
        pixels[start + 3] = UInt8((Double(hits) * 255 / Double(rays)).rounded())
      }
    }
    return pixels
  }

  /// The colour that a ray brings, from 0 to 1; nil where it hits nothing.
  private func color(along ray: SceneRay) -> SIMD3<Double>? {
    var nearest: (distance: Double, normal: SIMD3<Double>)?
    var seen: (any SceneSolid)?
    for solid in solids {
      guard let hit = solid.hit(by: ray), hit.distance < nearest?.distance ?? .infinity else { continue }
      (nearest, seen) = (hit, solid)
    }
    guard let nearest, let seen else { return nil }
    let point = ray.point(nearest.distance)
    let color = seen.color(at: point)
    let slope = nearest.normal.dot(light)
    let ambient = 0.3 * color
    guard slope > 0 else { return ambient }
    // From a little above the surface, which would otherwise be in its own shadow.
    let toLight = SceneRay(origin: point + 1e-5 * nearest.normal, direction: light)
    guard !solids.contains(where: { $0.hit(by: toLight) != nil }) else { return ambient }
    let middle = (light - ray.direction).normalized
    let highlight = 0.4 * pow(max(middle.dot(nearest.normal), 0), 50)
    return (ambient + 0.7 * slope * color + highlight).clamped(
      lowerBound: SIMD3(), upperBound: SIMD3(repeating: 1))
  }
}
