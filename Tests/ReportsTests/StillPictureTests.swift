import Foundation
import FoundationXML
import Reports
import Testing

@Suite("Still pictures of charts") struct StillPictureTests {
  /// The attributes of every element of a name, of a picture that is well-formed.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) { elements.append((name, attributes)) }
  }

  private func elements(_ chart: some Chart) throws -> [(name: String, attributes: [String: String])] {
    let parser = XMLParser(data: Data(chart.svgElement.utf8))
    let reader = Reader()
    parser.delegate = reader
    try #require(parser.parse())
    // Nothing is outside the picture, and nothing is not a number.
    for (name, attributes) in reader.elements {
      for key in ["x", "x1", "x2", "cx"] {
        if let text = attributes[key] {
          let value = try #require(Double(text), "\(name) \(key)")
          #expect((0...900).contains(value), "\(name) \(key) \(value)")
        }
      }
      for key in ["y", "y1", "y2", "cy"] {
        if let text = attributes[key] {
          let value = try #require(Double(text), "\(name) \(key)")
          #expect((-1...421).contains(value), "\(name) \(key) \(value)")
        }
      }
    }
    return reader.elements
  }

  private func chart(_ series: Series..., logarithmicY: Bool = false) -> LineChart {
    LineChart(
      title: "Loss & more", xLabel: "epoch", yLabel: "a < b", series: series, logarithmicY: logarithmicY)
  }

  @Test("Curves rise where values do, have gaps where there is none, and a band where there are deviations")
  func curves() throws {
    let drawn = try elements(
      chart(
        Series(name: "<BP>", x: [1, 2, 3, 4, 5], y: [1, 2, .nan, 3, 4], band: [0.5, 0.5, 0.5, 0.5, 0.5]),
        Series(name: "DFA", x: [1, 5], y: [4, 1])))
    let lines = drawn.filter { $0.name == "polyline" }.compactMap(\.attributes["points"])
    #expect(lines.count == 3 && drawn.count { $0.name == "polygon" } == 2)
    let places = lines.map { line in
      line.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
    }
    #expect(places[0].count == 2 && places[1].count == 2)
    // Upwards is towards 0.
    #expect(places[0][0][1] > places[0][1][1] && places[2][0][1] < places[2][1][1])
    #expect(places[0][0][0] < places[0][1][0])
    #expect(places[0][0][1] == places[2][1][1])
    #expect(drawn.count { $0.name == "circle" } == 6)
  }

  @Test("Ticks of epochs are whole") func ticks() throws {
    let svg = chart(Series(name: "BP", x: [1, 2, 3], y: [0.5, 0.25, 0.125])).svgElement
    #expect(svg.contains(">1</text>") && svg.contains(">2</text>") && !svg.contains(">1.5</text>"))
    #expect(svg.contains("<title>Loss &amp; more</title>") && svg.contains(">a &lt; b</text>"))
  }

  @Test("Charts without points, with one, with equal ones, huge ones and logarithms are pictures")
  func edges()
    throws
  {
    let charts = [
      chart(), chart(Series(name: "a", x: [], y: [])), chart(Series(name: "a", x: [1], y: [.infinity])),
      chart(Series(name: "a", x: [3], y: [0], band: [0])), chart(Series(name: "a", x: [1, 2], y: [7, 7])),
      chart(Series(name: "a", x: [1, 2], y: [-1e308, 1e308])),
      chart(Series(name: "a", x: [0, 1e300], y: [1e-300, 0])),
      chart(Series(name: "a", x: [1, 2, 3], y: [1e-3, 0, 1e3], band: [1, 1, 1]), logarithmicY: true),
    ]
    for chart in charts { #expect(try !elements(chart).isEmpty) }
    let bars = BarChart(
      title: "", xLabel: "", yLabel: "", categories: ["a", "b"],
      bars: [BarSeries(name: "x", values: [.nan, -0.5], deviations: [.nan, 0.1])])
    #expect(try elements(bars).count { $0.name == "rect" } == 2)
    let empty = BarChart(title: "", xLabel: "", yLabel: "", categories: [], bars: [])
    #expect(try !elements(empty).isEmpty)
  }

  @Test("Bars are as high as their values, from zero, with a whisker for each deviation") func bars() throws {
    let drawn = try elements(
      BarChart(
        title: "Alignment", xLabel: "layer", yLabel: "cosine", categories: ["one", "two"],
        bars: [
          BarSeries(name: "DFA", values: [0.8, -0.4], deviations: [0.1, 0.2]),
          BarSeries(name: "FA", values: [0.4, 0.2]),
        ]))
    // The last rectangles are the legend's.
    let heights = drawn.filter { $0.name == "rect" }.compactMap {
      $0.attributes["height"].flatMap(Double.init)
    }
    #expect(heights.count == 6)
    #expect(abs(heights[0] / heights[1] - 2) < 1e-3 && abs(heights[2] / heights[3] - 2) < 1e-3)
    let whiskers = drawn.filter { $0.name == "line" && $0.attributes["stroke-width"] == "1.5" }
    #expect(whiskers.count == 2)
  }

  @Test("A picture in a page names no address; one in a file is SVG by its namespace") func namespace() {
    let chart = ScatterChart(title: "", panels: [])
    #expect(!chart.svgElement.contains("http") && chart.svg.hasPrefix("<svg xmlns="))
  }
}
