import Networks
import Torch

/// The vectors of a row's fields, from one table.
///
/// **Shape** `[B, F]` of `int64`, rows of the table of all fields, to `[B, F, D]`; weight `[V, D]`, in the group `embedding`.
public struct FieldEmbedding: Layer {
  private let table: Embedding

  /// A layer with the parameter `scope/weight`.
  /// - Parameters:
  ///   - scope: Where the table is made.
  ///   - fields: What rows consist of.
  ///   - settings: The table's settings.
  ///   - start: How it starts.
  public init(
    _ scope: Scope, _ fields: FieldSizes, _ settings: EmbeddingSettings, _ start: StartingWeights
  ) {
    table = Embedding(
      scope.group("embedding"), fields.tableSize, settings.width, initializer: start.embedding,
      isSparse: settings.isSparse(rows: fields.tableSize))
  }

  /// The vectors.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor { table(features, pass) }
}
