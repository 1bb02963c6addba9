import Reports
import Testing

@Suite struct LineChartTests {
  func chart(_ series: Series..., logarithmicY: Bool = false) -> LineChart {
    LineChart(title: "Loss", xLabel: "step", yLabel: "a < b", series: series, logarithmicY: logarithmicY)
  }

  @Test func drawsACurve() throws {
    let plotly = chart(Series(name: "BP & DFA", x: [1, 2], y: [0.5, .nan])).plotly
    #expect(
      try plotly.scriptText() == #"{"data":[{"customdata":[],"hovertemplate":"%{y:.4~g}","legendgroup":"0","#
        + #""line":{"color":"rgba(0,114,178,1.0)","dash":"solid","width":2},"mode":"lines+markers","#
        + #""name":"BP &amp; DFA","type":"scatter","x":[1,2],"y":[0.5,null]}],"layout":{"hovermode":"x unified","#
        + #""xaxis":{"dtick":1,"tick0":0,"title":{"text":"step"},"type":"linear"},"yaxis":{"title":{"text":"a &lt; b"},"#
        + #""type":"linear"}}}"#)
  }

  // Epochs are whole: no tick stands at 2.5.
  @Test(arguments: [
    ([1, 2, 5], "1"), ([1, 10], "1"), ([1, 50], "5"), ([0, 250], "50"), ([1, 1_200_000], "200000"),
    ([3], "1"),
  ])
  func hasTicksAtWholePlacesAlone(places: [Double], step: String) throws {
    let text = try chart(Series(name: "BP", x: places, y: places)).plotly.scriptText()
    #expect(text.contains(#""xaxis":{"dtick":\#(step),"tick0":0,"#))
  }

  @Test func leavesTicksToPlotlyBetweenWholePlaces() throws {
    let text = try chart(Series(name: "BP", x: [0.5, 1], y: [1, 2])).plotly.scriptText()
    #expect(text.contains(#""xaxis":{"title""#))
    #expect(try chart().plotly.scriptText().contains(#""xaxis":{"title""#))
  }

  @Test func drawsABandAsOneOutlineForEachStretch() throws {
    let series = Series(
      name: "DFA", x: [1, 2, 3, 4], y: [1, 2, .nan, 4], band: [0.5, 0.25, 0.5, 1])
    let band = try trace(0, of: chart(series))
    #expect(try band["x"]?.scriptText() == "[1,2,2,1,null,4,4,null]")
    #expect(try band["y"]?.scriptText() == "[1.5,2.25,1.75,0.5,null,5,3,null]")
    #expect(band["fill"] == "toself")
    #expect(band["showlegend"] == false)
    #expect(try trace(1, of: chart(series))["name"] == "DFA")
  }

  @Test func hasGapsWhereALogarithmIsNot() throws {
    let series = Series(name: "DFA", x: [1, 2, 3], y: [2, 0, 0.5], band: [0.5, 0.5, 1])
    let chart = chart(series, logarithmicY: true)
    #expect(try trace(1, of: chart)["y"]?.scriptText() == "[2,null,0.5]")
    #expect(try trace(0, of: chart)["y"]?.scriptText() == "[2.5,1.5,null,1.5,0.5,null]")
  }

  @Test(arguments: [
    ([1, 5], "\"D1\""), ([1, 50], "\"D2\""), ([1, 1e6], "1"), ([.nan], "\"D1\""), ([], "\"D1\""),
  ])
  func labelsALogarithmicAxisAsTheValuesAllow(y: [Double], expected: String) throws {
    let series = Series(name: "DFA", x: y.indices.map(Double.init), y: y)
    let text = try chart(series, logarithmicY: true).plotly.scriptText()
    #expect(text.contains("\"dtick\":\(expected),"))
    #expect(text.contains(#""type":"log""#))
  }

  @Test func changesTheDashesWhenTheColoursBeginAgain() throws {
    let chart = LineChart(
      title: "", xLabel: "", yLabel: "", series: (0..<8).map { Series(name: "\($0)", x: [], y: []) })
    let styles = try (0..<8).map { try trace($0, of: chart)["line"] }
    #expect(styles[7] == ["color": "rgba(0,114,178,1.0)", "dash": "dash", "width": 2])
    #expect(Set(try styles.map { try #require($0).scriptText() }).count == 8)
  }

  @Test func isATableOfItsPlaces() {
    let table = chart(
      Series(name: "BP", x: [100_000, 2.5, 100_000], y: [9, 0.5, 1], band: [1, 0.06, 0.1]),
      Series(name: "DFA", x: [3, .nan, 2.5], y: [.infinity, 7, 0.25])
    ).table
    #expect(table.columns.map(\.title) == ["step", "BP", "DFA"])
    #expect(table.columns.map(\.alignment) == [.right, .right, .right])
    #expect(
      table.rows == [["2.5", "0.500 ± 0.060", "0.25"], ["3", "", "inf"], ["100000", "1.00 ± 0.10", ""]])
  }

  @Test func isATableOfNothingWithoutPoints() throws {
    let empty = chart(Series(name: "BP", x: [], y: [], band: []))
    #expect(empty.table.rows.isEmpty && empty.table.columns.map(\.title) == ["step", "BP"])
    #expect(try trace(1, of: empty)["y"] == [])
    #expect(try chart().plotly.scriptText().contains(#""data":[]"#))
    #expect(chart(Series(name: "BP", x: [.nan, .infinity], y: [1, 2])).table.rows.isEmpty)
  }

  @Test func marksPointsWhereTheyAreFew() throws {
    for (count, mode) in [(1, "lines+markers"), (50, "lines+markers"), (51, "lines")] {
      let places = (0..<count).map(Double.init)
      #expect(try trace(0, of: chart(Series(name: "BP", x: places, y: places)))["mode"] == .string(mode))
    }
  }

  @Test func hasNoBandWhereNothingIsDrawn() throws {
    let series = Series(name: "BP", x: [1, 2, .nan], y: [-1, 0, 3], band: [1, 1, 1])
    let band = try trace(0, of: chart(series, logarithmicY: true))
    #expect(band["x"] == [] && band["y"] == [])
    let unknown = Series(name: "BP", x: [1, 2], y: [3, 4], band: [.nan, 0.5])
    #expect(try trace(0, of: chart(unknown))["y"]?.scriptText() == "[4.5,3.5,null]")
  }

  private func trace(_ index: Int, of chart: LineChart) throws -> [String: JSONValue] {
    guard case .object(let figure) = chart.plotly, case .array(let traces) = figure["data"],
      case .object(let trace) = traces[index]
    else { throw NotATrace() }
    return trace
  }

  private struct NotATrace: Error {}
}
