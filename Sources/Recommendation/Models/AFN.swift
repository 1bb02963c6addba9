import Networks
import Torch

/// The adaptive factorization network: products of learned powers of fields' vectors (``LogarithmicLayer``) below a perceptron.
///
/// **Shape** features `[B, F]` to logits `[B, 1]`. A feedback point after the logarithmic layer, after each layer of the perceptron,
/// and, as told, at the embedded row; its table learns under every method (in the published code of the 2020 paper it stays as it
/// was drawn).
///
/// **Source** Cheng et al. 2020; Launay et al. 2020, section 3.1.
public struct AFN: InteractionModel {
  /// What the network can be told.
  public struct Settings: InteractionModelSettings {
    /// The network of these settings.
    public typealias Model = AFN
    /// `afn`
    public static let name = "afn"
    /// What it is.
    public static let summary =
      "adaptive factorization network: products of learned powers (Cheng et al. 2020)"

    /// The table.
    public var embedding = EmbeddingSettings()
    /// K, the neurons of the logarithmic layer.
    public var neurons = 1_000
    /// How its logarithm is kept from zero.
    public var form = LogarithmicLayer.Form.clamped
    /// The perceptron above it.
    public var tower = TowerSettings([400])
    /// Whether there is a linear term beside them, as in the published code.
    public var hasLinearTerm = false
    /// Whether a neuron gets the same feedback for every dimension of vectors, which share its powers; otherwise one for each.
    public var sharesFeedback = false
    /// Where the error is read.
    public var error = ErrorTensor.logit
    /// How parameters start.
    public var start = StartingWeights.bars

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("embedding", \Self.embedding, "the table of fields' vectors"),
      SettingKey("neurons", \Self.neurons, "the neurons of the logarithmic layer", .within(1...maximumWidth)),
      SettingKey(
        "form", \Self.form, "how the logarithm is kept from zero: clamped, or log(1 + |v|) (shifted)"),
      SettingKey("tower", \Self.tower, "the perceptron above it"),
      SettingKey("hasLinearTerm", \Self.hasLinearTerm, "whether there is a linear term beside them"),
      SettingKey(
        "sharesFeedback", \Self.sharesFeedback,
        "whether a neuron gets the same feedback for every dimension of vectors, which share its powers"),
      SettingKey(
        "error", \Self.error, "where the error is read: at the logit, or at the perceptron's last layer"),
      SettingKey("start", \Self.start, "how parameters start: as in BARS, or in the published code"),
    ]

    /// There is a perceptron, and the table learns from something.
    public func validate() throws(SettingError) {
      try require("tower", !tower.hidden.isEmpty, "must have a layer")
      try checkIsTaught(embedding)
    }
  }

  private let linear: LinearTerm?
  private let embedding: FieldEmbedding
  private let end: EmbeddingEnd
  private let products: LogarithmicLayer
  private let point: FeedbackPoint
  private let tower: DenseTower
  private let head: Linear
  private let error: ErrorReader

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, _ fields: FieldSizes) {
    error = ErrorReader(scope, settings.error)
    linear =
      settings.hasLinearTerm
      ? LinearTerm(scope / "linear", fields, settings.embedding, settings.start) : nil
    embedding = FieldEmbedding(scope / "embedding", fields, settings.embedding, settings.start)
    end = EmbeddingEnd(scope / "embedding", settings.embedding, of: error.output)
    products = LogarithmicLayer(
      scope / "logarithmic", fields.count, settings.neurons, settings.form, settings.start)
    point = FeedbackPoint(
      scope / "logarithmic", of: error.output, rowDimensions: settings.sharesFeedback ? 2 : 1)
    tower = DenseTower(
      scope / "tower", settings.neurons * settings.embedding.width, settings.tower, settings.start,
      of: error.output, end: settings.error == .logit ? .block : nil)
    head = settings.start.linear(scope / "head", tower.outputs, 1)
  }

  /// The logits.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor {
    let vectors = end(embedding(features, pass), pass)
    let products = point(products(vectors, pass), pass)
    let hidden = tower(products.flattenedRows(), pass)
    let deep = head(error(hidden, as: .hidden, pass), pass)
    let logit = linear.map { deep + $0(features, pass) } ?? deep
    return error(logit, as: .logit, pass)
  }
}
