import CTorch

/// Rows of a table and what belongs to each, such as their gradients.
package struct SparseRows {
  /// The rows, each once.
  ///
  /// **Shape** `[n]`, `int64`
  package let indices: Tensor
  /// What belongs to each.
  ///
  /// **Shape** `[n, ...]`
  package let values: Tensor

  /// The rows of a sparse tensor, such as the gradient of a table that ``Tensor/embedding(_:isSparse:)`` reads: those of each
  /// added up in the order in which they were added. Nil for a dense tensor.
  package init?(_ tensor: Tensor) {
    guard ctorch_is_sparse(tensor.handle) else { return nil }
    var (indices, values): (OpaquePointer?, OpaquePointer?)
    guard ctorch_sparse_rows(tensor.handle, &indices, &values), let indices, let values else {
      fail("rows of a sparse tensor", operands: [tensor], LibTorch.lastError)
      (self.indices, self.values) = (.zeros([0], dtype: .int64), .zeros([0]))
      return
    }
    let parts = (indices: Tensor(owning: indices), values: Tensor(owning: values))
    guard parts.values.device == .cpu, parts.values.dtype == .float32 else {
      (self.indices, self.values) = parts
      return
    }
    self.init(adding: parts.values, at: parts.indices, rowCount: tensor.shape[0])
  }

  /// The sums of values by their rows, in the order in which the rows first occur; on the CPU.
  ///
  /// **Shape** values `[..., D]`, rows `[...]`
  package init(adding values: Tensor, at indices: Tensor, rowCount: Int) {
    var (rows, sums): (OpaquePointer?, OpaquePointer?)
    guard ctorch_sum_rows(indices.handle, values.handle, rowCount, &rows, &sums), let rows, let sums else {
      fail("sums of rows", operands: [values, indices], LibTorch.lastError)
      (self.indices, self.values) = (.zeros([0], dtype: .int64), .zeros([0]))
      return
    }
    (self.indices, self.values) = (Tensor(owning: rows), Tensor(owning: sums))
  }
}
