/// A figure of a report: what Plotly draws, and the same numbers as a table for when it cannot.
public protocol Chart: Sendable {
  /// The line under which the chart stands.
  var title: String { get }
  /// What its marks mean, such as bands, below the chart; nil where they speak for themselves.
  var note: String? { get }
  /// The chart as a still picture: an `svg` element that may stand in a page, for readers without Plotly or scripts.
  var svgElement: String { get }
  /// The chart's numbers, shown under it on demand.
  var table: Table { get }
  /// What Plotly draws: an object with its `data` (traces) and its `layout`. The page adds colours of text
  /// and lines, fonts, margins and size, so that they follow the reader's light or dark scheme.
  var plotly: JSONValue { get }
}

extension Chart {
  /// Nil.
  public var note: String? { nil }
}
