import Basics

/// Groups of bars with error bars, such as the alignment of each layer under each method.
public struct BarChart: Chart {
  /// The line above the chart.
  public let title: String
  /// What the categories are.
  public let xLabel: String
  /// What the height of the bars shows, with its unit.
  public let yLabel: String
  /// The groups of bars, from left to right.
  public let categories: [String]
  /// The bars of each group, in the order of the legend.
  public let bars: [BarSeries]
  /// What bars and whiskers mean; nil where they speak for themselves.
  public let note: String?

  /// A chart of `bars`; traps when a series does not have one value for every category.
  public init(
    title: String, xLabel: String, yLabel: String, categories: [String], bars: [BarSeries],
    note: String? = nil
  ) {
    for series in bars {
      require(
        series.values.count == categories.count,
        "bars \"\(series.name)\": \(series.values.count) values in \(categories.count) categories")
    }
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.categories = categories
    self.bars = bars
    self.note = note
  }

  /// One row for every category, one column for every series.
  public var table: Table {
    Table(
      columns: [TableColumn(xLabel)] + bars.map { TableColumn($0.name, .right) },
      rows: categories.indices.map { index in
        [categories[index]]
          + bars.map { NumberFormat.meanAndDeviation($0.values[index], $0.deviations?[index]) }
      })
  }

  /// The bars as Plotly draws them.
  public var plotly: JSONValue {
    [
      "data": .array(bars.enumerated().map { trace($1, $0) }),
      "layout": [
        "barmode": "group",
        "xaxis": [
          "title": ["text": .string(xLabel.markupEscaped), "standoff": 16], "type": "category",
          "showgrid": false,
        ],
        "yaxis": ["title": ["text": .string(yLabel.markupEscaped)], "type": "linear"],
      ],
    ]
  }

  private func trace(_ bar: BarSeries, _ index: Int) -> JSONValue {
    [
      "type": "bar", "name": .string(bar.name.markupEscaped),
      "x": .array(categories.map { .string($0.markupEscaped) }), "y": .numbers(bar.values),
      "marker": ["color": Palette.color(index)],
      "error_y": [
        "type": "data", "visible": .bool(bar.deviations != nil), "array": .numbers(bar.deviations ?? []),
        "thickness": 1.5, "width": 4,
      ],
    ]
  }
}
