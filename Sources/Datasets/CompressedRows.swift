/// A matrix whose rows store only some of their elements (compressed sparse rows).
public struct CompressedRows: Equatable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Where each row begins in the two arrays below, and at last their count: `rows + 1` numbers, never
  /// decreasing.
  public let rowStarts: [Int32]
  /// The column of each stored element, strictly increasing within a row.
  public let columnIndices: [Int32]
  /// Each stored element; all are finite.
  public let values: [Float]

  /// A matrix of these parts.
  /// - Precondition: The parts are as the properties say.
  public init(rows: Int, columns: Int, rowStarts: [Int32], columnIndices: [Int32], values: [Float]) {
    guard rowStarts.count == rows + 1, columnIndices.count == values.count else {
      fatalError(
        "CompressedRows: \(rowStarts.count) starts of \(rows) rows, which must be one more, and \(columnIndices.count) columns "
          + "of \(values.count) elements, which must be as many")
    }
    self.rows = rows
    self.columns = columns
    self.rowStarts = rowStarts
    self.columnIndices = columnIndices
    self.values = values
  }

  /// Which stored elements belong to `row`.
  public func elements(ofRow row: Int) -> Range<Int> {
    Int(rowStarts[row])..<Int(rowStarts[row + 1])
  }
}
