/// A matrix whose rows store only some of their elements (compressed sparse rows).
package struct CompressedRows: Equatable, Sendable {
  /// Number of rows.
  package let rows: Int
  /// Number of columns.
  package let columns: Int
  /// Where each row begins in the two arrays below, and at last their count: `rows + 1` numbers, never
  /// decreasing.
  package let rowStarts: [Int32]
  /// The column of each stored element, strictly increasing within a row.
  package let columnIndices: [Int32]
  /// Each stored element; all are finite.
  package let values: [Float]

  /// A matrix of these parts.
  /// - Precondition: The parts are as the properties say.
  package init(rows: Int, columns: Int, rowStarts: [Int32], columnIndices: [Int32], values: [Float]) {
    precondition(rowStarts.count == rows + 1 && columnIndices.count == values.count)
    self.rows = rows
    self.columns = columns
    self.rowStarts = rowStarts
    self.columnIndices = columnIndices
    self.values = values
  }

  /// Which stored elements belong to `row`.
  package func elements(ofRow row: Int) -> Range<Int> {
    Int(rowStarts[row])..<Int(rowStarts[row + 1])
  }
}
