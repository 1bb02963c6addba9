import Networks
import Torch

/// A factorization machine beside a perceptron, which share one table:
/// `y = b + Σ_f w[x_f] + Σ_(f<g) v_f · v_g + head(tower([v_1, ..., v_F]))`.
///
/// **Shape** features `[B, F]` to logits `[B, 1]`. A feedback point after each layer of the perceptron, and, as told, at its input;
/// the linear term, the products and the head learn from their true gradient.
///
/// **Source** Guo et al. 2017, eq. 1 to 4; Launay et al. 2020, section 3.1 (where the perceptron gives the table nothing:
/// ``EmbeddingSettings/End/cut``).
public struct DeepFM: InteractionModel {
  /// What the network can be told.
  public struct Settings: InteractionModelSettings {
    /// The network of these settings.
    public typealias Model = DeepFM
    /// `deepfm`
    public static let name = "deepfm"
    /// What it is.
    public static let summary = "factorization machine beside a perceptron (Guo et al. 2017)"

    /// The table.
    public var embedding = EmbeddingSettings()
    /// The perceptron.
    public var tower = TowerSettings()
    /// Whether there are the linear term and the products; without them the perceptron is alone.
    public var hasProducts = true
    /// Where the error is read.
    public var error = ErrorTensor.logit
    /// How parameters start.
    public var start = StartingWeights.bars

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("embedding", \Self.embedding, "the table of fields' vectors"),
      SettingKey("tower", \Self.tower, "the perceptron"),
      SettingKey(
        "hasProducts", \Self.hasProducts,
        "whether the factorization machine is there; otherwise the perceptron is alone"),
      SettingKey(
        "error", \Self.error, "where the error is read: at the logit, or at the perceptron's last layer"),
      SettingKey("start", \Self.start, "how parameters start: as in BARS, or in the published code"),
    ]

    /// There is a perceptron, and the table learns from something.
    public func validate() throws(SettingError) {
      try require("tower", !tower.hidden.isEmpty, "must have a layer; a network without any is fm")
      try require(
        "embedding", embedding.end != .cut || hasProducts,
        "must have another end than cut where hasProducts is false: nothing would teach the table")
    }
  }

  private let linear: LinearTerm?
  private let embedding: FieldEmbedding
  private let end: EmbeddingEnd
  private let tower: DenseTower
  private let head: Linear
  private let error: ErrorReader

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, _ fields: FieldSizes) {
    error = ErrorReader(scope, settings.error)
    linear =
      settings.hasProducts
      ? LinearTerm(scope / "linear", fields, settings.embedding, settings.start) : nil
    embedding = FieldEmbedding(scope / "embedding", fields, settings.embedding, settings.start)
    end = EmbeddingEnd(scope / "embedding", settings.embedding, of: error.output)
    tower = DenseTower(
      scope / "tower", fields.count * settings.embedding.width, settings.tower, settings.start,
      of: error.output, end: settings.error == .logit ? .block : nil)
    head = settings.start.linear(scope / "head", tower.outputs, 1)
  }

  /// The logits.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor {
    let vectors = embedding(features, pass)
    let hidden = tower(end(vectors.flattenedRows(), pass), pass)
    let deep = head(error(hidden, as: .hidden, pass), pass)
    let logit = linear.map { deep + $0(features, pass) + FieldProducts()(vectors, pass) } ?? deep
    return error(logit, as: .logit, pass)
  }
}
