import Networks
import Torch

/// A factorization machine: `y = b + Σ_f w[x_f] + Σ_(f<g) v_f · v_g`.
///
/// **Shape** features `[B, F]` to logits `[B, 1]`. No feedback point: every method trains all of it by the gradient of the error at
/// the logit, so that it is one of BP alone, as in the 2020 paper.
///
/// **Source** Rendle 2010, eq. 1.
public struct FactorizationMachine: InteractionModel {
  /// What the network can be told.
  public struct Settings: InteractionModelSettings {
    /// The network of these settings.
    public typealias Model = FactorizationMachine
    /// `fm`
    public static let name = "fm"
    /// What it is.
    public static let summary = "factorization machine (Rendle 2010)"

    /// The table.
    public var embedding = EmbeddingSettings()
    /// How parameters start.
    public var start = StartingWeights.bars

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("embedding", \Self.embedding, "the table of fields' vectors"),
      SettingKey("start", \Self.start, "how parameters start: as in BARS, or in the published code"),
    ]
  }

  private let linear: LinearTerm
  private let embedding: FieldEmbedding
  private let output: FeedbackOutput

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, _ fields: FieldSizes) {
    linear = LinearTerm(scope / "linear", fields, settings.embedding, settings.start)
    embedding = FieldEmbedding(scope / "embedding", fields, settings.embedding, settings.start)
    output = FeedbackOutput(scope / "logit")
  }

  /// The logits.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor {
    output(linear(features, pass) + FieldProducts()(embedding(features, pass), pass), pass)
  }
}
