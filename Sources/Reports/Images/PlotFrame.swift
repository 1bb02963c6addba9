/// The axes of a still picture of curves or bars, with its legend: lines and words in the colour of the page's text.
struct PlotFrame {
  /// The size of the picture.
  static let (width, height) = (900.0, 420.0)
  /// Where the plot is in it.
  static let (left, right, top, bottom) = (76.0, 884.0, 40.0, 364.0)

  /// What the ends of the horizontal axis stand for.
  let x: ClosedRange<Double>
  /// What the ends of the vertical axis stand for.
  let y: ClosedRange<Double>

  /// The frame of places and values; those that are not finite do not count.
  init(x: [Double], y: [Double], includingZero: Bool = false) {
    self.x = Self.range(x, margin: 0)
    self.y = Self.range(y + (includingZero ? [0] : []), margin: 0.04)
  }

  /// Whether a number has a place in a picture: spans of greater ones are not finite.
  static func isDrawn(_ value: Double) -> Bool { abs(value) <= 1e300 }

  private static func range(_ values: [Double], margin: Double) -> ClosedRange<Double> {
    let finite = values.filter(isDrawn)
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    let span = high > low ? high - low : max(abs(high), 1)
    let (lower, upper) =
      high > low ? (low - margin * span, high + margin * span) : (low - span / 2, high + span / 2)
    return lower.isFinite && upper.isFinite && upper > lower ? lower...upper : 0...1
  }

  /// Where a place is in the picture.
  func column(_ value: Double) -> Double {
    Self.left + (value - x.lowerBound) / (x.upperBound - x.lowerBound) * (Self.right - Self.left)
  }

  /// Where a value is in the picture.
  func row(_ value: Double) -> Double {
    Self.bottom - (value - y.lowerBound) / (y.upperBound - y.lowerBound) * (Self.bottom - Self.top)
  }

  /// The picture.
  /// - Parameters:
  ///   - title: What it shows, for readers who cannot see.
  ///   - xLabel: The words below the horizontal axis.
  ///   - yLabel: The words beside the vertical axis.
  ///   - xTicks: Ticks of the horizontal axis, in the picture, with their words.
  ///   - yTicks: Ticks of the vertical axis.
  ///   - legend: The names of the series.
  ///   - marks: What is drawn.
  func picture(
    title: String, xLabel: String, yLabel: String, xTicks: [(x: Double, text: String)],
    yTicks: [(y: Double, text: String)], legend: [String], marks: [String]
  ) -> String {
    let rule = #" stroke="currentColor" stroke-opacity="0.2""#
    var lines = [
      #"<svg viewBox="0 0 \#(SVG.number(Self.width)) \#(SVG.number(Self.height))" width="\#(SVG.number(Self.width))" "#
        + #"font-family="sans-serif" font-size="14" fill="currentColor" role="img">"#,
      "<title>\(title.htmlEscaped)</title>",
    ]
    for tick in yTicks {
      lines.append(SVG.line(Self.left, tick.y, Self.right, tick.y, rule))
      lines.append(SVG.text(tick.text, x: Self.left - 8, y: tick.y + 5, anchor: "end"))
    }
    for tick in xTicks {
      lines.append(SVG.line(tick.x, Self.bottom, tick.x, Self.bottom + 5, rule))
      lines.append(SVG.text(tick.text, x: tick.x, y: Self.bottom + 20, anchor: "middle"))
    }
    lines.append(SVG.line(Self.left, Self.bottom, Self.right, Self.bottom, #" stroke="currentColor""#))
    lines += marks
    lines.append(SVG.text(xLabel, x: (Self.left + Self.right) / 2, y: Self.height - 12, anchor: "middle"))
    lines.append(SVG.text(yLabel, x: 18, y: (Self.top + Self.bottom) / 2, anchor: "middle", turn: -90))
    var x = Self.left
    for (index, name) in legend.enumerated() {
      lines.append(
        #"<rect x="\#(SVG.number(x))" y="12" width="14" height="14" fill="\#(SVG.color(index))"/>"#)
      lines.append(SVG.text(name, x: x + 20, y: 24, anchor: "start"))
      // Widths of letters differ from font to font; these are wide ones.
      x += 40 + 8.5 * Double(name.count)
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }
}
