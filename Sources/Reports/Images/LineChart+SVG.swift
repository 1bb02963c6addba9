import Foundation

extension LineChart {
  /// The curves with their bands as a still picture.
  public var svgElement: String {
    // A logarithmic axis is drawn over the exponents of ten.
    func drawn(_ value: Double) -> Double { logarithmicY && value.isFinite ? log10(value) : value }
    let curves = series.map { series in
      series.x.indices.map { index in
        let value = series.y[index]
        guard PlotFrame.isDrawn(series.x[index]), isDrawn(value), PlotFrame.isDrawn(value) else {
          return Point?.none
        }
        let deviation = series.band?[index] ?? .nan
        let low = value - deviation
        return Point(
          x: series.x[index], y: drawn(value), high: drawn(value + deviation),
          low: logarithmicY && low <= 0 ? drawn(value) : drawn(low))
      }
    }
    let points = curves.joined().compactMap(\.self)
    let frame = PlotFrame(
      x: points.map(\.x), y: points.map(\.y) + points.flatMap { [$0.low, $0.high] })
    var marks: [String] = []
    for (index, curve) in curves.enumerated() {
      for stretch in curve.split(whereSeparator: { $0 == nil }).map({ $0.compactMap(\.self) }) {
        marks += Self.marks(stretch, frame, SVG.color(index))
      }
    }
    let isCounted = points.allSatisfy { $0.x == $0.x.rounded() }
    let xTicks = AxisTicks(from: frame.x.lowerBound, to: frame.x.upperBound, least: isCounted ? 1 : 0)
    let yTicks = AxisTicks(from: frame.y.lowerBound, to: frame.y.upperBound)
    return frame.picture(
      title: title, xLabel: xLabel, yLabel: yLabel,
      xTicks: xTicks.places.map { (frame.column($0), NumberFormat.place($0)) },
      yTicks: yTicks.places.map { place in
        (frame.row(place), NumberFormat.general(logarithmicY ? pow(10, place) : place))
      },
      legend: series.map(\.name), marks: marks)
  }

  /// A place of a curve; the ends of its band are not finite where it has none.
  private struct Point {
    let x, y, high, low: Double
  }

  /// A stretch of a curve without a gap, after its band.
  private static func marks(_ stretch: [Point], _ frame: PlotFrame, _ color: String) -> [String] {
    let line = stretch.map { (frame.column($0.x), frame.row($0.y)) }
    var marks: [String] = []
    for part in stretch.split(whereSeparator: { !PlotFrame.isDrawn($0.high) || !PlotFrame.isDrawn($0.low) })
    where part.count > 1 {
      let outline =
        part.map { (x: frame.column($0.x), y: frame.row($0.high)) }
        + part.reversed().map { (x: frame.column($0.x), y: frame.row($0.low)) }
      marks.append(#"<polygon points="\#(SVG.points(outline))" fill="\#(color)" fill-opacity="0.2"/>"#)
    }
    marks.append(
      #"<polyline points="\#(SVG.points(line))" fill="none" stroke="\#(color)" stroke-width="2"/>"#)
    guard stretch.count <= 50 else { return marks }
    return marks
      + line.map {
        #"<circle cx="\#(SVG.number($0.0))" cy="\#(SVG.number($0.1))" r="3" fill="\#(color)"/>"#
      }
  }
}
