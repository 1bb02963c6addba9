import Networks
import Torch

/// Cross layers beside a perceptron, below one dense layer: `y = head([cross(x), tower(x)])` with x = [v_1, ..., v_F]. What
/// ``DeepCross`` and ``DCNV2`` share.
///
/// **Shape** features `[B, F]` to logits `[B, 1]`. A feedback point after each cross layer but the last, after each layer of the
/// perceptron, and where both are put beside each other, which ends the block; as told, at the embedded row too.
struct CrossNetwork {
  /// Makes of a layer's input, and of the first one's, its output.
  typealias Cross = (_ x: Tensor, _ inputs: Tensor, _ pass: Pass) -> Tensor

  private let embedding: FieldEmbedding
  private let end: EmbeddingEnd
  private let cross: [(layer: Cross, point: FeedbackPoint?)]
  private let tower: DenseTower
  private let both: FeedbackPoint?
  private let head: Linear
  private let error: ErrorReader

  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: The settings.
  ///   - fields: What rows consist of.
  ///   - layer: Makes a cross layer of a width in a scope.
  init(
    _ scope: Scope, _ settings: some CrossNetworkSettings, _ fields: FieldSizes,
    layer: (Scope, Int) -> Cross
  ) {
    let error = ErrorReader(scope, settings.error)
    let (output, width) = (error.output, fields.count * settings.embedding.width)
    self.error = error
    embedding = FieldEmbedding(scope / "embedding", fields, settings.embedding, settings.start)
    end = EmbeddingEnd(scope / "embedding", settings.embedding, of: output)
    cross = (1...settings.crossLayers).map { index in
      let part = scope / "cross\(index)"
      return (
        layer(part, width), index < settings.crossLayers ? FeedbackPoint(part, of: output) : nil
      )
    }
    tower = DenseTower(
      scope / "tower", width, settings.tower, settings.start, of: output,
      end: .layer)
    both = settings.error == .logit ? FeedbackPoint(scope / "both", of: output, level: .block) : nil
    head = settings.start.linear(
      scope / "head", width + (tower.isEmpty ? 0 : tower.outputs), 1)
  }

  func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor {
    let inputs = end(embedding(features, pass).flattenedRows(), pass)
    let crossed = cross.reduce(inputs) { x, step in
      let next = step.layer(x, inputs, pass)
      return step.point?(next, pass) ?? next
    }
    let joined = tower.isEmpty ? crossed : Tensor.concatenated([crossed, tower(inputs, pass)], 1)
    let top = both?(joined, pass) ?? error(joined, as: .hidden, pass)
    return error(head(top, pass), as: .logit, pass)
  }
}

/// The settings that networks of cross layers share.
protocol CrossNetworkSettings: InteractionModelSettings {
  var embedding: EmbeddingSettings { get set }
  var crossLayers: Int { get set }
  var tower: TowerSettings { get set }
  var error: ErrorTensor { get set }
  var start: StartingWeights { get set }
}

extension CrossNetworkSettings {
  /// The keys of the shared settings.
  static var sharedKeys: [SettingKey<Self>] {
    [
      SettingKey("embedding", \Self.embedding, "the table of fields' vectors"),
      SettingKey("crossLayers", \Self.crossLayers, "how many cross layers there are", .within(1...100)),
      SettingKey("tower", \Self.tower, "the perceptron beside them; it may have no layer"),
      SettingKey(
        "error", \Self.error, "where the error is read: at the logit, or below the last dense layer"),
      SettingKey("start", \Self.start, "how parameters start: as in BARS, or in the published code"),
    ]
  }
}
