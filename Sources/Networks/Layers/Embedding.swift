import Torch

/// A table of vectors, of which each index names one: `y = W[x]`.
///
/// **Shape** indices `[...]` of `int64` in 0 ..< count to `[..., features]`; weight `[count, features]`,
/// which starts normal(0, 1), as in PyTorch.
public struct Embedding: Layer {
  /// W.
  public let weight: Parameter

  /// A layer with the parameter `scope/weight`.
  /// - Parameters:
  ///   - scope: Where the parameter is made.
  ///   - count: The number of rows.
  ///   - features: The width of a row.
  ///   - initializer: What the table is drawn from.
  ///   - isSparse: Whether the gradient is of the rows that a step reads alone (``Gradient/rows(_:)``), for tables of many rows;
  ///     SGD without momentum, Adam, AdamW and LazyAdam then move rows alone, and with them no step has a cost that grows with
  ///     the table.
  public init(
    _ scope: Scope, _ count: Int, _ features: Int, initializer: Initializer = .normal(deviation: 1),
    isSparse: Bool = false
  ) {
    weight =
      isSparse
      ? scope.table("weight", [count, features], initializer)
      : scope.parameter("weight", [count, features], initializer)
  }

  /// The vectors of the indices.
  public func callAsFunction(_ indices: Tensor) -> Tensor {
    weight.rows?.willRead(indices)
    return weight.tensor.embedding(indices, isSparse: weight.rows != nil)
  }

  /// The vectors of the indices.
  public func callAsFunction(_ indices: Tensor, _ pass: Pass) -> Tensor { self(indices) }
}
