import Networks
import Torch

/// A network that tells from the features of a row how probable it is that the row is positive: that an advertisement is
/// clicked, an app used, a film liked.
///
/// A new one is a file with the network and its settings, and a word in ``InteractionModelChoice/kinds``.
public protocol InteractionModel {
  /// What a configuration says of the network.
  associatedtype Settings: InteractionModelSettings where Settings.Model == Self

  /// A network with its parameters in a scope; those of its tables are in the group `embedding`, so that weight decay can act on
  /// them alone.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: What a configuration says; they have been checked.
  ///   - fields: What rows consist of.
  init(_ scope: Scope, _ settings: Settings, _ fields: FieldSizes)

  /// The logits of the probabilities.
  ///
  /// **Shape** features `[B, F]` of `int64`, rows of the table of all fields, to `[B, 1]`
  func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor
}

/// The settings of an ``InteractionModel``, which they choose.
public protocol InteractionModelSettings: SettingKind {
  /// The network.
  associatedtype Model: InteractionModel where Model.Settings == Self
}

extension InteractionModelSettings {
  /// Checks that something teaches a table of which the network has no products.
  func checkIsTaught(_ embedding: EmbeddingSettings) throws(SettingError) {
    try require(
      "embedding", embedding.end != .cut, "must have another end than cut: nothing would teach the table")
  }

  /// The network of these settings.
  func makeModel(_ scope: Scope, _ fields: FieldSizes) -> any InteractionModel { Model(scope, self, fields) }
}

/// What the rows of a recommender consist of.
public struct FieldSizes: Equatable, Sendable {
  /// F, the number of fields.
  public let count: Int
  /// V, the rows of the table of all fields.
  public let tableSize: Int

  /// So many fields, and so many rows of the table of all.
  public init(count: Int, tableSize: Int) { (self.count, self.tableSize) = (count, tableSize) }
}
