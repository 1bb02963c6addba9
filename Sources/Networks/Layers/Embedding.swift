import Torch

/// A table of vectors, of which each index names one: `y = W[x]`.
///
/// **Shape** indices `[...]` of `int64` in 0 ..< count to `[..., features]`; weight `[count, features]`,
/// which starts normal(0, 1), as in PyTorch.
public struct Embedding: Layer {
  /// W.
  public let weight: Parameter

  /// A layer with the parameter `scope/weight`.
  public init(
    _ scope: Scope, _ count: Int, _ features: Int, initializer: Initializer = .normal(deviation: 1)
  ) {
    weight = scope.parameter("weight", [count, features], initializer)
  }

  /// The vectors of the indices.
  public func callAsFunction(_ indices: Tensor) -> Tensor { weight.tensor.embedding(indices) }

  /// The vectors of the indices.
  public func callAsFunction(_ indices: Tensor, _ pass: Pass) -> Tensor { self(indices) }
}
