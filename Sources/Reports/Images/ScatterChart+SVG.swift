import Foundation

extension ScatterChart {
  /// The chart as a vector picture of a file, with the panels' titles and a legend, on white.
  public var svg: String {
    svgElement.replacing("<svg ", with: #"<svg xmlns="http://www.w3.org/2000/svg" "#, maxReplacements: 1)
  }

  /// The chart as a vector picture of a page, with the panels' titles and a legend, on white.
  public var svgElement: String {
    let layout = ScatterLayout(self)
    let (legend, height) = legend(width: layout.width, top: layout.bottom + ScatterLayout.margin)
    var lines = [
      #"<svg width="\#(SVG.number(layout.width))" height="\#(SVG.number(height))" "#
        + #"viewBox="0 0 \#(SVG.number(layout.width)) \#(SVG.number(height))" font-family="sans-serif" font-size="14">"#,
      "<title>\(title.htmlEscaped)</title>", #"<rect width="100%" height="100%" fill="white"/>"#,
    ]
    for (panel, middle) in zip(panels, layout.middles) {
      lines.append(SVG.text(panel.title, x: middle, y: ScatterLayout.margin + 14, anchor: "middle"))
    }
    for points in layout.points {
      lines.append("<g \(style(points.index, width: layout.radius / 2))>")
      let radius = markRadius(points.index, layout.radius)
      for (x, y) in zip(points.x, points.y) {
        lines.append(#"<circle cx="\#(SVG.number(x))" cy="\#(SVG.number(y))" r="\#(SVG.number(radius))"/>"#)
      }
      lines.append("</g>")
    }
    return (lines + legend + ["</svg>", ""]).joined(separator: "\n")
  }

  /// The entries of the legend in as many lines as they need, and where they end.
  private func legend(width: Double, top: Double) -> (lines: [String], end: Double) {
    var lines: [String] = []
    var (x, y) = (ScatterLayout.margin, top)
    for (index, name) in names.enumerated() {
      // Widths of letters differ from font to font; these are wide ones.
      let needed = 34 + 8.5 * Double(name.count)
      if x > ScatterLayout.margin, x + needed > width { (x, y) = (ScatterLayout.margin, y + 22) }
      let circle =
        #"cx="\#(SVG.number(x + 6))" cy="\#(SVG.number(y + 6))" r="\#(SVG.number(markRadius(index, 5)))""#
      lines.append("<circle \(circle) \(style(index, width: 2.5))/>")
      lines.append(SVG.text(name, x: x + 16, y: y + 11, anchor: "start"))
      x += needed
    }
    return (lines, y + 22 + ScatterLayout.margin)
  }

  private func style(_ index: Int, width: Double) -> String {
    let (red, green, blue) = Palette.components(index)
    let color = "rgb(\(red),\(green),\(blue))"
    switch ScatterMark(index) {
    case .disc: return #"fill="\#(color)""#
    case .ring: return #"fill="none" stroke="\#(color)" stroke-width="\#(SVG.number(width))""#
    }
  }

  /// The line of a ring lies half outside its radius.
  private func markRadius(_ index: Int, _ radius: Double) -> Double {
    ScatterMark(index) == .disc ? radius : radius * 0.75
  }
}
