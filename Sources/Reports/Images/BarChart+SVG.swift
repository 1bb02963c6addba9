extension BarChart {
  /// The bars with their whiskers as a still picture.
  public var svgElement: String {
    let ends = bars.flatMap { series in
      series.values.indices.flatMap { index in
        let deviation = series.deviations?[index] ?? 0
        return [series.values[index] - deviation, series.values[index] + deviation, series.values[index]]
      }
    }
    let frame = PlotFrame(x: [0, Double(max(categories.count, 1))], y: ends, includingZero: true)
    // A category is one wide, of which bars take four fifths.
    let width = (frame.column(1) - frame.column(0)) * 0.8 / Double(max(bars.count, 1))
    var marks: [String] = []
    for (index, series) in bars.enumerated() {
      for (category, value) in series.values.enumerated() where PlotFrame.isDrawn(value) {
        let left = frame.column(Double(category) + 0.1) + width * Double(index)
        let (top, bottom) = (frame.row(max(value, 0)), frame.row(min(value, 0)))
        marks.append(
          #"<rect x="\#(SVG.number(left))" y="\#(SVG.number(top))" width="\#(SVG.number(width))" "#
            + #"height="\#(SVG.number(bottom - top))" fill="\#(SVG.color(index))"/>"#)
        guard let deviation = series.deviations?[category], PlotFrame.isDrawn(value - deviation),
          PlotFrame.isDrawn(value + deviation)
        else { continue }
        let middle = left + width / 2
        marks.append(
          SVG.line(
            middle, frame.row(value - deviation), middle, frame.row(value + deviation),
            #" stroke="currentColor" stroke-width="1.5""#))
      }
    }
    let yTicks = AxisTicks(from: frame.y.lowerBound, to: frame.y.upperBound)
    return frame.picture(
      title: title, xLabel: xLabel, yLabel: yLabel,
      xTicks: categories.enumerated().map { (frame.column(Double($0) + 0.5), $1) },
      yTicks: yTicks.places.map { (frame.row($0), NumberFormat.general($0)) },
      legend: bars.map(\.name), marks: marks)
  }
}
