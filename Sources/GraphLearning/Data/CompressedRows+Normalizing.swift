import Datasets

extension CompressedRows {
  /// Each row divided by its sum, or by 1 where that is less (PyTorch Geometric's NormalizeFeatures).
  package func normalizedRows() -> CompressedRows {
    var values = values
    for row in 0..<rows {
      let sum = values[elements(ofRow: row)].reduce(0, +)
      for element in elements(ofRow: row) { values[element] /= max(sum, 1) }
    }
    return CompressedRows(
      rows: rows, columns: columns, rowStarts: rowStarts, columnIndices: columnIndices, values: values)
  }
}
