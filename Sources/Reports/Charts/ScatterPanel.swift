/// One of the squares of a scatter chart that stand side by side.
public struct ScatterPanel: Sendable, Equatable {
  /// The line above the square.
  public let title: String
  /// The points; those of a later series lie on top.
  public let series: [ScatterSeries]

  /// A panel.
  public init(title: String, series: [ScatterSeries]) {
    self.title = title
    self.series = series
  }

  /// The least square around all points that are finite, as its centre and half its side; that is never 0.
  var square: (x: Double, y: Double, half: Double) {
    var (lowX, highX, lowY, highY) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
    for series in series {
      for (x, y) in zip(series.x, series.y) where x.isFinite && y.isFinite {
        (lowX, highX) = (min(lowX, x), max(highX, x))
        (lowY, highY) = (min(lowY, y), max(highY, y))
      }
    }
    guard lowX <= highX else { return (0, 0, 1) }
    let half = max(highX - lowX, highY - lowY) / 2
    return ((lowX + highX) / 2, (lowY + highY) / 2, half > 0 ? half : 1)
  }

  /// How many points there are.
  var pointCount: Int { series.reduce(0) { $0 + $1.x.count } }
}
