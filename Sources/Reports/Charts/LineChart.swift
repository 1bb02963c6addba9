/// Curves over one horizontal axis, such as losses over steps, with bands of one standard deviation.
public struct LineChart: Chart {
  /// The line above the chart.
  public var title: String
  /// What the horizontal axis shows, with its unit.
  public var xLabel: String
  /// What the vertical axis shows, with its unit.
  public var yLabel: String
  /// The curves, in the order of the legend.
  public var series: [Series]
  /// Whether the vertical axis is logarithmic; values that are not above zero are then gaps.
  public var logarithmicY: Bool
  /// What bands and lines mean; nil where they speak for themselves.
  public var note: String?

  /// A chart of `series`.
  public init(
    title: String, xLabel: String, yLabel: String, series: [Series], logarithmicY: Bool = false,
    note: String? = nil
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.logarithmicY = logarithmicY
    self.note = note
  }

  /// One row for every place on the horizontal axis, one column for every curve. Of two values of a curve at
  /// one place the later one stands; places that are not finite have no row.
  public var table: Table {
    let values = series.map { series in
      Dictionary(
        series.x.indices.map { index in
          (series.x[index], NumberFormat.meanAndDeviation(series.y[index], series.band?[index]))
        }
      ) { $1 }
    }
    let places = Set(series.flatMap(\.x).filter(\.isFinite)).sorted()
    return Table(
      columns: [TableColumn(xLabel, .right)] + series.map { TableColumn($0.name, .right) },
      rows: places.map { place in
        [NumberFormat.place(place)] + values.map { $0[place] ?? "" }
      })
  }

  /// The curves, each after its band, as Plotly draws them.
  public var plotly: JSONValue {
    let bands = series.enumerated().compactMap { band($1, $0) }
    let lines = series.enumerated().map { line($1, $0) }
    return [
      "data": .array(bands + lines),
      "layout": [
        "hovermode": "x unified",
        "xaxis": horizontalAxis,
        "yaxis": verticalAxis,
      ],
    ]
  }

  /// Where places are whole numbers, such as epochs, ticks stand at such alone.
  private var horizontalAxis: JSONValue {
    let title: JSONValue = ["text": .string(xLabel.markupEscaped)]
    let places = series.flatMap(\.x).filter(\.isFinite)
    guard let low = places.min(), let high = places.max(), places.allSatisfy({ $0 == $0.rounded() }) else {
      return ["title": title, "type": "linear"]
    }
    let step = AxisTicks(from: low, to: high, least: 1).step
    return ["title": title, "type": "linear", "tick0": 0, "dtick": .number(step)]
  }

  private var verticalAxis: JSONValue {
    let title: JSONValue = ["text": .string(yLabel.markupEscaped)]
    guard logarithmicY else { return ["title": title, "type": "linear"] }
    return ["title": title, "type": "log", "tickformat": "~g", "dtick": logarithmicTicks]
  }

  /// Plotly's word for ticks at each digit, at 1, 2 and 5, or at powers of ten, whichever the values leave
  /// room for.
  private var logarithmicTicks: JSONValue {
    let values = series.flatMap(\.y).filter(isDrawn)
    let span = (values.max() ?? 1) / (values.min() ?? 1)
    return span < 10 ? "D1" : span < 1000 ? "D2" : 1
  }

  private func line(_ series: Series, _ index: Int) -> JSONValue {
    [
      "type": "scatter", "mode": series.x.count > 50 ? "lines" : "lines+markers",
      "name": .string(series.name.markupEscaped), "legendgroup": .string("\(index)"),
      "x": .numbers(series.x), "y": .numbers(series.y.map { isDrawn($0) ? $0 : .nan }),
      "line": ["color": Palette.color(index), "dash": Palette.dash(index), "width": 2],
      "customdata": .numbers(series.band ?? []),
      "hovertemplate": series.band == nil ? "%{y:.4~g}" : "%{y:.4~g} ± %{customdata:.2~g}",
    ]
  }

  /// The band as one closed outline for each stretch without a gap. Where its lower edge would not be above
  /// zero on a logarithmic axis it stands at the smallest value of the curve.
  private func band(_ series: Series, _ index: Int) -> JSONValue? {
    guard let band = series.band else { return nil }
    let floor = logarithmicY ? series.y.filter(isDrawn).min() ?? 0 : -Double.infinity
    let drawn = series.x.indices.map { series.x[$0].isFinite && isDrawn(series.y[$0]) && band[$0].isFinite }
    var x: [Double] = []
    var y: [Double] = []
    for stretch in series.x.indices.split(whereSeparator: { !drawn[$0] }) {
      x += series.x[stretch] + series.x[stretch].reversed() + [.nan]
      y += stretch.map { series.y[$0] + band[$0] }
      y += stretch.reversed().map { max(series.y[$0] - band[$0], floor) } + [.nan]
    }
    return [
      "type": "scatter", "mode": "lines", "fill": "toself", "hoverinfo": "skip", "showlegend": false,
      "legendgroup": .string("\(index)"), "x": .numbers(x), "y": .numbers(y),
      "line": ["width": 0], "fillcolor": Palette.color(index, opacity: 0.2),
    ]
  }

  func isDrawn(_ value: Double) -> Bool {
    value.isFinite && (value > 0 || !logarithmicY)
  }
}
