import Basics

/// Rows of text under titled columns, to be shown in Markdown, in a report or on a terminal.
public struct Table: Sendable, Equatable {
  /// The columns, from left to right.
  public let columns: [TableColumn]
  /// The rows, from top to bottom, each with one cell for every column.
  public private(set) var rows: [[String]]

  /// A table of `rows`; traps when one of them does not have one cell for every column.
  public init(columns: [TableColumn], rows: [[String]] = []) {
    self.columns = columns
    self.rows = []
    for row in rows { append(row) }
  }

  /// Adds `row` at the bottom; traps when it does not have one cell for every column.
  public mutating func append(_ row: [String]) {
    require(
      row.count == columns.count, "a row of \(row.count) cells in a table of \(columns.count) columns: \(row)"
    )
    rows.append(row)
  }
}
