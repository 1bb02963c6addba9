import Basics
import Torch

/// The gradient of a table, such as that of an embedding, of which a step used some rows.
public struct RowGradient {
  /// The rows, each once: int64, of shape `[n]`.
  public let indices: Tensor
  /// Their gradients: of shape `[n]` and a row's.
  public let values: Tensor
  /// How many rows the table has.
  public let rowCount: Int

  /// The gradients of rows.
  /// - Parameters:
  ///   - indices: The rows, each once, in any order.
  ///   - values: Their gradients, in this order.
  ///   - rowCount: How many rows the table has.
  public init(_ indices: Tensor, _ values: Tensor, rowCount: Int) {
    require(
      indices.rank == 1 && values.rank > 0 && indices.shape[0] == values.shape[0],
      "gradients of shape \(values.shape) for rows of shape \(indices.shape)")
    (self.indices, self.values, self.rowCount) = (indices, values, rowCount)
  }

  /// The gradient of the whole table.
  public var tensor: Tensor {
    Tensor.zeros([rowCount] + values.shape.dropFirst(), dtype: values.dtype, device: values.device)
      .addingEntries(0, at: indices, of: values)
  }
}
