import Networks
import Torch

/// Layers of self-attention between fields (``InteractingLayer``) below a dense layer, as told beside a perceptron ("AutoInt+") and a
/// linear term: `y = head(attended) + b + Σ_f w[x_f] + towerHead(tower(x))`.
///
/// **Shape** features `[B, F]` to logits `[B, 1]`. A feedback point after each layer of attention, the last of which ends a block, after
/// each layer of the perceptron, and, as told, at the embedded row. The published code has such a network; the 2020 paper does not
/// report it.
///
/// **Source** Song et al. 2019.
public struct AutoInt: InteractionModel {
  /// What the network can be told.
  public struct Settings: InteractionModelSettings {
    /// The network of these settings.
    public typealias Model = AutoInt
    /// `autoint`
    public static let name = "autoint"
    /// What it is.
    public static let summary = "self-attention between fields (Song et al. 2019)"

    /// The table.
    public var embedding = EmbeddingSettings(width: 16)
    /// How many layers of attention there are; from 1 to 100.
    public var layers = 3
    /// How many heads each of them has; from 1 to 1,000.
    public var heads = 2
    /// The width of a head; at least 1.
    public var headWidth = 32
    /// The perceptron beside them; it may have no layer.
    public var tower = TowerSettings([])
    /// Whether there is a linear term beside them.
    public var hasLinearTerm = false
    /// How parameters start.
    public var start = StartingWeights.bars

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("embedding", \Self.embedding, "the table of fields' vectors"),
      SettingKey("layers", \Self.layers, "how many layers of attention there are", .within(1...100)),
      SettingKey("heads", \Self.heads, "how many heads each of them has", .within(1...1_000)),
      SettingKey("headWidth", \Self.headWidth, "the width of a head", .within(1...maximumWidth)),
      SettingKey("tower", \Self.tower, "the perceptron beside them; it may have no layer"),
      SettingKey("hasLinearTerm", \Self.hasLinearTerm, "whether there is a linear term beside them"),
      SettingKey("start", \Self.start, "how parameters start: as in BARS, or in the published code"),
    ]

    /// The table learns from something.
    public func validate() throws(SettingError) { try checkIsTaught(embedding) }
  }

  private let linear: LinearTerm?
  private let embedding: FieldEmbedding
  private let end: EmbeddingEnd
  private let layers: [(layer: InteractingLayer, point: FeedbackPoint)]
  private let head: Linear
  private let tower: DenseTower
  private let towerHead: Linear?
  private let output: FeedbackOutput

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, _ fields: FieldSizes) {
    let output = FeedbackOutput(scope / "logit")
    let width = settings.heads * settings.headWidth
    self.output = output
    linear =
      settings.hasLinearTerm
      ? LinearTerm(scope / "linear", fields, settings.embedding, settings.start) : nil
    embedding = FieldEmbedding(scope / "embedding", fields, settings.embedding, settings.start)
    end = EmbeddingEnd(scope / "embedding", settings.embedding, of: output)
    layers = (1...settings.layers).map { index in
      let part = scope / "attention\(index)"
      return (
        InteractingLayer(
          part, index == 1 ? settings.embedding.width : width, heads: settings.heads,
          width: settings.headWidth,
          settings.start),
        FeedbackPoint(part, of: output, level: index == settings.layers ? .block : .layer)
      )
    }
    head = settings.start.linear(scope / "head", fields.count * width, 1)
    tower = DenseTower(
      scope / "tower", fields.count * settings.embedding.width, settings.tower, settings.start, of: output)
    towerHead =
      settings.tower.hidden.isEmpty ? nil : settings.start.linear(scope / "towerHead", tower.outputs, 1)
  }

  /// The logits.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor {
    let vectors = end(embedding(features, pass), pass)
    let attended = layers.reduce(vectors) { x, step in step.point(step.layer(x, pass), pass) }
    var logit = head(attended.flattenedRows(), pass)
    if let towerHead { logit = logit + towerHead(tower(vectors.flattenedRows(), pass), pass) }
    if let linear { logit = logit + linear(features, pass) }
    return output(logit, pass)
  }
}
