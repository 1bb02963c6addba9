/// A table of a paper, as far as this package trains what is in it.
public struct Reproduction: Sendable {
  /// The name for commands, such as `table3`.
  public let name: String
  /// What the table shows.
  public let title: String
  /// The paper and the table's name in it.
  public let source: String
  /// What rows are, such as `network`.
  public let rowTitle: String
  /// What columns are, such as `data set`.
  public let columnTitle: String
  /// Whether rows are numbers, in their order: then each column is drawn as curves over them too.
  public let isCurve: Bool
  /// The cells, row by row.
  public let cells: [ReproductionCell]

  /// A table.
  public init(
    _ name: String, title: String, source: String, rowTitle: String, columnTitle: String,
    isCurve: Bool = false, cells: [ReproductionCell]
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.isCurve = isCurve
    self.cells = cells
  }

  /// The names of the rows, in their order.
  public var rows: [String] { cells.map(\.row).withoutRepetition }
  /// The names of the columns, in their order.
  public var columns: [String] { cells.map(\.column).withoutRepetition }

  /// The same table with more `key=value` overrides of every cell, which its title tells; the same runs without any.
  public func setting(_ assignments: [String]) -> Reproduction {
    guard !assignments.isEmpty else { return self }
    return Reproduction(
      name, title: "\(title), with \(assignments.joined(separator: ", "))", source: source,
      rowTitle: rowTitle, columnTitle: columnTitle, isCurve: isCurve,
      cells: cells.map { $0.setting(assignments) })
  }

  /// The cells of some rows and columns; of all where none are named.
  /// - Throws: ``ConfigurationError/unknown(kind:name:nearest:known:)``.
  func cells(rows: [String], columns: [String]) throws -> [ReproductionCell] {
    for (kind, names, known) in [("row", rows, self.rows), ("column", columns, self.columns)] {
      if let name = names.first(where: { !known.contains($0) }) {
        throw ConfigurationError.unknown("\(kind) of \(self.name)", name, among: known)
      }
    }
    return cells.filter {
      (rows.isEmpty || rows.contains($0.row)) && (columns.isEmpty || columns.contains($0.column))
    }
  }
}

extension [String] {
  fileprivate var withoutRepetition: [String] {
    reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
  }
}
