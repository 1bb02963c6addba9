import Basics
import Foundation

extension ScatterChart {
  /// The points as a picture of the same places as `svg`, without words: titles and legend are in the others.
  ///
  /// - Parameter scale: pixels for each of the vector picture; at least 1.
  /// - Throws: `ReportsError.image`.
  public func png(scale: Double = 2) throws -> Data {
    require(scale >= 1, "a scale of \(scale)")
    let layout = ScatterLayout(self)
    var image = RasterImage(
      width: Int((layout.width * scale).rounded(.up)),
      height: Int(((layout.bottom + ScatterLayout.margin) * scale).rounded(.up)))
    for points in layout.points {
      let color = Palette.components(points.index)
      let radius = layout.radius * scale
      let hole = ScatterMark(points.index) == .disc ? 0 : radius / 2
      for (x, y) in zip(points.x, points.y) {
        image.drawDisc(x: x * scale, y: y * scale, radius: radius, hole: hole, color: color)
      }
    }
    return try image.png()
  }
}
