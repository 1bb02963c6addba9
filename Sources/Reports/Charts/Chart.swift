/// A figure of a report: what Plotly draws, and the same numbers as a table for when it cannot.
public protocol Chart: Sendable {
  /// The line under which the chart stands.
  var title: String { get }
  /// The chart's numbers, shown in place of the drawing where Plotly is missing, and under it on demand.
  var table: Table { get }
  /// What Plotly draws: an object with its `data` (traces) and its `layout`. The page adds colours of text
  /// and lines, fonts, margins and size, so that they follow the reader's light or dark scheme.
  var plotly: JSONValue { get }
}
