import CTorch

/// A constant matrix of few non-zero elements, in compressed rows, together with its transpose.
///
/// **Shape** `[rows, columns]`. It takes part in products with dense tensors, which are differentiable by the
/// dense one.
public struct SparseMatrix: Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  private let matrix: Tensor
  private let transposedMatrix: Tensor?
  /// For each element of the transpose its place among the elements of the matrix.
  private let transposedOrder: CachedValue<Tensor>

  /// A matrix from compressed rows.
  /// - Parameters:
  ///   - rowStarts: Where each row begins in `columnIndices`; `rows + 1` numbers, the last is the number of
  ///     elements.
  ///   - columnIndices: The column of each element, ascending within a row.
  ///   - values: The elements.
  ///   - columns: The number of columns.
  ///   - device: Where the matrix is to lie.
  public init(
    rowStarts: [Int32], columnIndices: [Int32], values: [Float], columns: Int, device: Device = .cpu
  ) {
    self.rows = max(rowStarts.count - 1, 0)
    self.columns = columns
    transposedOrder = CachedValue()
    matrix = SparseMatrix.tensor(rowStarts, columnIndices, values, rows, columns, device)
    // A failed operation inside `withTorchErrors` left a placeholder, and the arguments make no matrix.
    guard matrix.rank == 2 else {
      transposedMatrix = matrix
      return
    }
    // Counting sort by column: the transpose has its columns ascending because rows are visited in order.
    var starts = [Int32](repeating: 0, count: columns + 1)
    for column in columnIndices { starts[Int(column) + 1] += 1 }
    for column in 0..<columns { starts[column + 1] += starts[column] }
    var next = starts
    var rowIndices = [Int32](repeating: 0, count: values.count)
    var transposedValues = [Float](repeating: 0, count: values.count)
    for row in 0..<rows {
      for element in Int(rowStarts[row])..<Int(rowStarts[row + 1]) {
        let place = Int(next[Int(columnIndices[element])])
        next[Int(columnIndices[element])] += 1
        rowIndices[place] = Int32(row)
        transposedValues[place] = values[element]
      }
    }
    // A symmetric matrix is its own transpose, and kept once.
    let isSymmetric =
      rows == columns && starts == rowStarts && rowIndices == columnIndices && transposedValues == values
    transposedMatrix =
      isSymmetric
      ? matrix : SparseMatrix.tensor(starts, rowIndices, transposedValues, columns, rows, device)
  }

  /// A matrix without its transpose, through which no gradients flow, from tensors of compressed rows.
  /// - Parameters:
  ///   - rowStarts: Where each row begins, as `int32`; `[rows + 1]`.
  ///   - columnIndices: The column of each element, ascending within a row, as `int32`.
  ///   - values: The elements.
  ///   - columns: The number of columns.
  package init(constant rowStarts: Tensor, columnIndices: Tensor, values: Tensor, columns: Int) {
    rows = max(rowStarts.count - 1, 0)
    self.columns = columns
    transposedOrder = CachedValue()
    matrix = SparseMatrix.tensor(rowStarts, columnIndices, values, rows, columns)
    transposedMatrix = nil
  }

  /// The matrix whose elements, in the order of rows, are `values` and lie where those of `other` do.
  private init(like other: SparseMatrix, values: Tensor) {
    rows = other.rows
    columns = other.columns
    transposedOrder = other.transposedOrder
    matrix = other.matrix.withSparseValues(values)
    transposedMatrix = other.transposedMatrix.map { transposed in
      let order = other.transposedOrder {
        // Elements of a column come in the order of their rows, as in the transpose.
        other.matrix.call(as: "SparseMatrix.values") { ctorch_sparse_columns($0) }.sortIndices(0)
      }
      return transposed.withSparseValues(values.gathered(0, order))
    }
  }

  /// The transpose, which shares the elements.
  /// - Precondition: The matrix was made with its transpose.
  package var transposed: SparseMatrix {
    guard let transposedMatrix else { preconditionFailure("a constant sparse matrix has no transpose") }
    return SparseMatrix(rows: columns, columns: rows, matrix: transposedMatrix, transposedMatrix: matrix)
  }

  private init(rows: Int, columns: Int, matrix: Tensor, transposedMatrix: Tensor) {
    self.rows = rows
    self.columns = columns
    self.matrix = matrix
    self.transposedMatrix = transposedMatrix
    transposedOrder = CachedValue()
  }

  /// The stored elements, in the order of rows.
  ///
  /// **Shape** `[E]`
  public var values: Tensor { matrix.call(as: "SparseMatrix.values") { ctorch_sparse_values($0) } }

  /// Each stored element zero with probability `probability`, else divided by `1 - probability`, drawn from
  /// `generator`. Since zeros stay zeros, that is dropout of all elements.
  public func dropout(_ probability: Double, _ generator: RandomGenerator) -> SparseMatrix {
    SparseMatrix(like: self, values: values.dropout(probability, generator))
  }

  /// The product with a dense tensor: gradients flow to `x`.
  ///
  /// **Shape** `[columns, D]` to `[rows, D]`
  public func matmul(_ x: Tensor) -> Tensor {
    withExtendedLifetime(self) {
      x.call(as: "SparseMatrix.matmul(_:)") {
        ctorch_sparse_matmul(matrix.handle, transposedMatrix?.handle, $0)
      }
    }
  }

  private static func tensor(
    _ starts: [Int32], _ indices: [Int32], _ values: [Float], _ rows: Int, _ columns: Int, _ device: Device
  ) -> Tensor {
    tensor(
      Tensor(starts).to(device), Tensor(indices).to(device), Tensor(values).to(device), rows, columns)
  }

  private static func tensor(
    _ starts: Tensor, _ indices: Tensor, _ values: Tensor, _ rows: Int, _ columns: Int
  ) -> Tensor {
    withExtendedLifetime((starts, indices, values)) {
      Tensor.made(
        ctorch_sparse_csr(starts.handle, indices.handle, values.handle, rows, columns),
        by: "SparseMatrix.init", from: [starts, indices, values])
    }
  }
}

extension Tensor {
  /// This sparse matrix with other values.
  fileprivate func withSparseValues(_ values: Tensor) -> Tensor {
    call(with: values, as: "SparseMatrix.values", ctorch_sparse_with_values)
  }
}
