extension CompressedRows {
  /// The elements of a dense matrix that are not zero.
  /// - Parameters:
  ///   - values: Its elements, row after row, all finite.
  ///   - columns: How many a row has; at least 1.
  ///   - tooMany: Makes the error when more are not zero than can be counted in 32 bits.
  /// - Throws: What `tooMany` makes.
  package init(dense values: [Float], columns: Int, tooMany: (Int) -> DataError) throws(DataError) {
    let rows = values.count / columns
    let stored = values.count { $0 != 0 }
    guard stored < Int32.max else { throw tooMany(stored) }
    var (starts, indices, kept): ([Int32], [Int32], [Float]) = ([0], [], [])
    starts.reserveCapacity(rows + 1)
    indices.reserveCapacity(stored)
    kept.reserveCapacity(stored)
    for row in 0..<rows {
      for column in 0..<columns where values[row * columns + column] != 0 {
        indices.append(Int32(column))
        kept.append(values[row * columns + column])
      }
      starts.append(Int32(kept.count))
    }
    self.init(rows: rows, columns: columns, rowStarts: starts, columnIndices: indices, values: kept)
  }
}
