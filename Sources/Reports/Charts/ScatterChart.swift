/// Points in one square or in several side by side, without axes: for embeddings, whose coordinates mean nothing
/// but which points are near each other.
public struct ScatterChart: Chart {
  /// The line above the chart.
  public let title: String
  /// The squares from left to right; all scaled to the same size.
  public let panels: [ScatterPanel]

  /// A chart of `panels`.
  public init(title: String, panels: [ScatterPanel]) {
    self.title = title
    self.panels = panels
  }

  /// One row for every point.
  public var table: Table {
    Table(
      columns: [
        TableColumn("panel"), TableColumn("points"), TableColumn("x", .right), TableColumn("y", .right),
      ],
      rows: panels.flatMap { panel in
        panel.series.flatMap { series in
          series.x.indices.map {
            [
              panel.title, series.name, NumberFormat.general(series.x[$0]),
              NumberFormat.general(series.y[$0]),
            ]
          }
        }
      })
  }

  /// The points as Plotly draws them; a name in the legend shows and hides its points in all panels.
  public var plotly: JSONValue {
    let names = names
    var shown: Set<String> = []
    var traces: [JSONValue] = []
    var layout: [String: JSONValue] = [
      "hovermode": "closest", "annotations": .array(panels.indices.map(annotation)),
    ]
    for (number, panel) in panels.enumerated() {
      let suffix = number == 0 ? "" : "\(number + 1)"
      for series in panel.series {
        let index = names.firstIndex(of: series.name) ?? 0
        traces.append(
          trace(series, index, axes: suffix, isInLegend: shown.insert(series.name).inserted))
      }
      let (start, end) = place(number)
      layout["xaxis\(suffix)"] = ["visible": false, "domain": .numbers([start, end])]
      layout["yaxis\(suffix)"] = [
        "visible": false, "scaleanchor": .string("x\(suffix)"), "anchor": .string("x\(suffix)"),
      ]
    }
    return ["data": .array(traces), "layout": .object(layout)]
  }

  /// The names of the series, each once, in the order of the legend.
  var names: [String] {
    var known: Set<String> = []
    return panels.flatMap(\.series).map(\.name).filter { known.insert($0).inserted }
  }

  /// Where a panel begins and ends, as shares of the width.
  private func place(_ number: Int) -> (Double, Double) {
    let gap = panels.count > 1 ? 0.02 : 0
    let width = (1 - gap * Double(panels.count - 1)) / Double(panels.count)
    return (Double(number) * (width + gap), Double(number) * (width + gap) + width)
  }

  private func annotation(_ number: Int) -> JSONValue {
    let (start, end) = place(number)
    return [
      "text": .string(panels[number].title.markupEscaped), "showarrow": false, "xref": "paper",
      "yref": "paper", "x": .number((start + end) / 2), "xanchor": "center", "y": 0, "yanchor": "top",
    ]
  }

  private func trace(_ series: ScatterSeries, _ index: Int, axes: String, isInLegend: Bool) -> JSONValue {
    let mark = ScatterMark(index)
    return [
      "type": "scatter", "mode": "markers", "name": .string(series.name.markupEscaped),
      "legendgroup": .string("\(index)"), "showlegend": .bool(isInLegend), "x": .numbers(series.x),
      "y": .numbers(series.y), "xaxis": .string("x\(axes)"), "yaxis": .string("y\(axes)"),
      "hoverinfo": "name",
      "marker": [
        "color": Palette.color(index), "size": 5, "symbol": mark == .disc ? "circle" : "circle-open",
      ],
    ]
  }
}
