import Networks
import Torch

/// One weight for each value of a field, and a bias: `y = b + Σ_f w[x_f]`.
///
/// **Shape** `[B, F]` of `int64` to `[B, 1]`; weight `[V, 1]` in the group `embedding`, bias `[1]`.
public struct LinearTerm: Layer {
  private let table: Embedding
  private let bias: Parameter

  /// A layer with the parameters `scope/weight` and `scope/bias`.
  /// - Parameters:
  ///   - scope: Where the parameters are made.
  ///   - fields: What rows consist of.
  ///   - settings: The settings of the table of embeddings, which decide whether gradients are sparse.
  ///   - start: How the table starts.
  public init(
    _ scope: Scope, _ fields: FieldSizes, _ settings: EmbeddingSettings, _ start: StartingWeights
  ) {
    table = Embedding(
      scope.group("embedding"), fields.tableSize, 1, initializer: start.linearTerm,
      isSparse: settings.isSparse(rows: fields.tableSize))
    bias = scope.parameter("bias", [1], .constant(0))
  }

  /// The sum.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor {
    table(features, pass).sum(1) + bias.tensor
  }
}
