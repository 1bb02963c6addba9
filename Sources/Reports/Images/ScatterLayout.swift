/// Where a scatter chart's parts are on a picture, in pixels from the upper left corner.
struct ScatterLayout {
  /// Side of a panel's square, points at its edge included.
  static let side = 480.0
  /// Around squares.
  static let margin = 16.0
  /// Above each square, for its title.
  static let titleHeight = 28.0

  /// The points of one series in one panel.
  struct Points {
    /// Which colour and mark they have.
    let index: Int
    let x: [Double]
    let y: [Double]
  }

  /// Width of the picture.
  let width: Double
  /// The lower end of the squares.
  let bottom: Double
  /// Radius of every point: the more there are, the smaller.
  let radius: Double
  /// The points of all panels, those to draw first at the beginning; all are finite.
  let points: [Points]
  /// The middle of each panel from left to right.
  let middles: [Double]

  init(_ chart: ScatterChart) {
    let names = chart.names
    let most = Double(max(chart.panels.map(\.pointCount).max() ?? 0, 1))
    let radius = min(max(150 / most.squareRoot(), 1.5), 4)
    let inner = Self.side / 2 - radius
    let top = Self.margin + Self.titleHeight
    var points: [Points] = []
    var middles: [Double] = []
    for (number, panel) in chart.panels.enumerated() {
      let square = panel.square
      let middle = Self.margin + Self.side / 2 + Double(number) * (Self.side + Self.margin)
      middles.append(middle)
      for series in panel.series {
        let finite = series.x.indices.filter { series.x[$0].isFinite && series.y[$0].isFinite }
        points.append(
          Points(
            index: names.firstIndex(of: series.name) ?? 0,
            x: finite.map { middle + (series.x[$0] - square.x) / square.half * inner },
            y: finite.map { top + Self.side / 2 - (series.y[$0] - square.y) / square.half * inner }))
      }
    }
    width = Self.margin + Double(chart.panels.count) * (Self.side + Self.margin)
    bottom = top + Self.side
    self.radius = radius
    self.points = points
    self.middles = middles
  }
}
