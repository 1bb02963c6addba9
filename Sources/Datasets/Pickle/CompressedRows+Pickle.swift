extension CompressedRows {
  /// The pickled SciPy `csr_matrix` that `pickle` holds.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` if it is none, or if its arrays contradict each
  ///   other: row starts that decrease, columns out of range or order, values that are not finite.
  package init(_ pickle: Pickle) throws {
    let (object, _) = try pickle.instance(of: .sparseRows, pickle.root, "a csr_matrix")
    let parts = try pickle.namedValues(object.state, "the state of the csr_matrix")
    guard try pickle.text(parts["format"], "format") == "csr" else {
      throw pickle.malformed("expected rows in compressed form")
    }
    let shape = try pickle.tuple(parts["_shape"], count: 2, "_shape").map { try pickle.integer($0, "_shape") }
    let rowStarts = try PickledArray(parts["indptr"], in: pickle, "indptr").integers()
    let columnIndices = try PickledArray(parts["indices"], in: pickle, "indices").integers()
    let values = try PickledArray(parts["data"], in: pickle, "data").floats()

    guard rowStarts.count - 1 == shape[0], shape[1] >= 0, columnIndices.count == values.count,
      rowStarts.first == 0, Int(rowStarts[shape[0]]) == values.count
    else {
      throw pickle.malformed("the arrays do not fit a matrix of \(shape[0]) by \(shape[1])")
    }
    for row in 0..<shape[0] {
      guard rowStarts[row] <= rowStarts[row + 1], Int(rowStarts[row + 1]) <= values.count else {
        throw pickle.malformed("row \(row) ends before it begins")
      }
      var next: Int32 = 0
      for column in columnIndices[Int(rowStarts[row])..<Int(rowStarts[row + 1])] {
        guard column >= next, column < shape[1] else {
          throw pickle.malformed("row \(row) has column \(column) out of order or range")
        }
        next = column + 1
      }
    }
    guard values.allSatisfy(\.isFinite) else { throw pickle.malformed("a value is not finite") }
    self.init(
      rows: shape[0], columns: shape[1], rowStarts: rowStarts, columnIndices: columnIndices, values: values)
  }
}
