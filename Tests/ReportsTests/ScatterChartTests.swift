import CPNG
import Foundation
import FoundationXML
import Reports
import Testing

@Suite struct ScatterChartTests {
  let chart = ScatterChart(
    title: "a < b",
    panels: [
      ScatterPanel(
        title: "BP",
        series: [
          ScatterSeries(name: "<one>", x: [0, 1], y: [0, 2]), ScatterSeries(name: "two", x: [1], y: [1]),
        ]),
      ScatterPanel(title: "DFA", series: [ScatterSeries(name: "two", x: [5, .nan], y: [5, 5])]),
    ])

  @Test func drawsPanelsWithOneLegend() throws {
    guard case .object(let figure) = chart.plotly, case .array(let traces) = figure["data"],
      case .object(let layout) = figure["layout"]
    else { return #expect(Bool(false)) }
    #expect(
      try traces[0].scriptText()
        == #"{"hoverinfo":"name","legendgroup":"0","marker":{"color":"rgba(0,114,178,1.0)","size":5,"#
        + #""symbol":"circle"},"mode":"markers","name":"&lt;one&gt;","showlegend":true,"type":"scatter","#
        + #""x":[0,1],"xaxis":"x","y":[0,2],"yaxis":"y"}"#)
    #expect(try traces[2].scriptText().contains(#""showlegend":false"#))
    #expect(try traces[2].scriptText().contains(#""xaxis":"x2","y":[5,5],"yaxis":"y2"}"#))
    #expect(layout["xaxis2"] == ["visible": false, "domain": .numbers([0.51, 1])])
  }

  @Test func isATableOfItsPoints() {
    #expect(chart.table.rows.map { $0.joined(separator: " ") }.first == "BP <one> 0 0")
    #expect(chart.table.rows.count == 5)
  }

  @Test("Is well-formed SVG with a circle for each finite point and each name") func svg() throws {
    let svg = chart.svg
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse())
    #expect(svg.split(separator: "<circle").count - 1 == 4 + 2)
    #expect(svg.contains("<title>a &lt; b</title>") && svg.contains(">&lt;one&gt;</text>"))
  }

  @Test("Is a PNG file of the size of its panels, with the colours of its series") func png() throws {
    let data = try chart.png(scale: 1)
    let (width, pixels) = try Self.read(data)
    #expect(width == 1008)
    let colors = Set(stride(from: 0, to: pixels.count, by: 3).map { Array(pixels[$0..<$0 + 3]) })
    #expect(
      colors.contains([0, 114, 178]) && colors.contains([213, 94, 0]) && colors.contains([255, 255, 255]))
    #expect(try Data(chart.png(scale: 1)) == data)
  }

  @Test("Of more series than there are colours each has a mark of its own") func marks() throws {
    let names = (0..<14).map { "class \($0)" }
    let series = names.enumerated().map { ScatterSeries(name: $1, x: [Double($0)], y: [Double($0 % 3)]) }
    let chart = ScatterChart(title: "", panels: [ScatterPanel(title: "", series: series)])
    guard case .object(let figure) = chart.plotly, case .array(let traces) = figure["data"] else {
      Issue.record("no figure")
      return
    }
    let marks = try traces.map { trace in
      guard case .object(let keys) = trace else { return "" }
      return try keys["marker"]?.scriptText() ?? ""
    }
    #expect(Set(marks).count == 14 && marks[7].contains("circle-open") && !marks[6].contains("circle-open"))
    // The circles of the points and of the names, filled or not.
    let circles = chart.svg.split(separator: "<circle").dropFirst()
    #expect(circles.count == 28 && circles.count { $0.contains("fill=\"none\"") } == 14)
  }

  @Test(
    "A single point, and points that are all the same, stand in the middle of their panel", arguments: [1, 5])
  func middle(_ count: Int) throws {
    let same = [Double](repeating: 1e6, count: count)
    let series = ScatterSeries(name: "", x: same, y: same.map { -$0 })
    let panel = ScatterPanel(title: "", series: [series])
    let (width, pixels) = try Self.read(ScatterChart(title: "", panels: [panel]).png(scale: 1))
    let lit = stride(from: 0, to: pixels.count, by: 3).filter { pixels[$0] < 255 }.map { $0 / 3 }
    let columns = lit.map { Double($0 % width) + 0.5 }
    #expect(abs(columns.reduce(0, +) / Double(columns.count) - Double(width) / 2) < 1e-9)
    #expect((lit.max() ?? 0) / width - (lit.min() ?? 0) / width < 10)
  }

  @Test("Is empty without points") func empty() throws {
    let empty = ScatterChart(title: "", panels: [ScatterPanel(title: "", series: [])])
    #expect(XMLParser(data: Data(empty.svg.utf8)).parse())
    #expect(try Self.read(empty.png(scale: 1)).pixels.allSatisfy { $0 == 255 })
  }

  @Test("A disc covers about its area, also in part outside") func disc() {
    func area(_ x: Double, _ hole: Double) -> Double {
      var image = RasterImage(width: 40, height: 40)
      image.drawDisc(x: x, y: 20.3, radius: 10, hole: hole, color: (0, 0, 0))
      return image.pixels.reduce(0) { $0 + (1 - Double($1) / 255) } / 3
    }
    #expect(abs(area(20.2, 0) - 100 * .pi) < 2)
    #expect(abs(area(20.2, 5) - 75 * .pi) < 2)
    #expect(abs(area(0, 0) - 50 * .pi) < 2)
    #expect(area(-100, 0) == 0 && area(1e9, 0) == 0)
  }

  /// What libpng reads from a file.
  private static func read(_ data: Data) throws -> (width: Int, pixels: [UInt8]) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    let begun = data.withUnsafeBytes { png_image_begin_read_from_memory(&image, $0.baseAddress, $0.count) }
    try #require(begun != 0)
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    var pixels = [UInt8](repeating: 0, count: Int(image.width) * Int(image.height) * 3)
    let status = data.withUnsafeBytes { _ in png_image_finish_read(&image, nil, &pixels, 0, nil) }
    try #require(status != 0)
    return (Int(image.width), pixels)
  }
}
