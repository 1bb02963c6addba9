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

  private init(_ indices: Tensor, _ values: Tensor) { (self.indices, self.values) = (indices, values) }

  /// The rows of a sparse tensor, such as the gradient of a table that ``Tensor/embedding(_:isSparse:)`` reads: those of each
  /// added up in the order in which they were added. Nil for a dense tensor.
  package init?(_ tensor: Tensor) {
    guard ctorch_is_sparse(tensor.handle) else { return nil }
    let parts = SparseRows.pair("rows of a sparse tensor", of: [tensor]) {
      ctorch_sparse_rows(tensor.handle, $0, $1)
    }
    if parts.values.device == .cpu, parts.values.dtype == .float32 {
      self.init(adding: parts.values, at: parts.indices, rowCount: tensor.shape[0])
    } else {
      self = parts
    }
  }

  /// The sums of values by their rows, in ascending order, in which memory answers soonest; on the CPU.
  ///
  /// **Shape** values `[..., D]`, rows `[...]`
  package init(adding values: Tensor, at indices: Tensor, rowCount: Int) {
    self = SparseRows.pair("sums of rows", of: [values, indices]) {
      ctorch_sum_rows(indices.handle, values.handle, rowCount, $0, $1)
    }
  }

  /// What a function gives by two pointers; nothing after a failure.
  private static func pair(
    _ operation: String, of operands: [Tensor],
    _ make: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<OpaquePointer?>) -> Bool
  ) -> SparseRows {
    var (indices, values): (OpaquePointer?, OpaquePointer?)
    guard make(&indices, &values), let indices, let values else {
      fail(operation, operands: operands, LibTorch.lastError)
      return SparseRows(.zeros([0], dtype: .int64), .zeros([0]))
    }
    return SparseRows(Tensor(owning: indices), Tensor(owning: values))
  }
}
