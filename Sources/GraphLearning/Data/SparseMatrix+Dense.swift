import Torch

extension SparseMatrix {
  /// The same matrix with every element.
  ///
  /// **Shape** `[rows, columns]`
  var dense: Tensor { matmul(.identity(columns, device: values.device)) }
}
