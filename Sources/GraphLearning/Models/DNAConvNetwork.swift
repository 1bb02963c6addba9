import Networks
import Torch
import Training

/// A dense layer, then layers of dynamic neighbourhood aggregation that each see all earlier ones, then a dense
/// layer: `h_0 = f(lin1(dropout(X)))`, `h_l = f(conv_l([dropout(h_0), h_1, ..., h_{l-1}]))`, `y =
/// lin2(dropout(h_L))`.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. A feedback point after each activation, L + 1 of them. Layers
/// take their history from above the points: where a method cuts the graph, each layer learns from its own signal
/// alone. The error is read at the logits, or after log softmax; that of all points but the last may be diffused along
/// the edges first.
///
/// **Source** Launay et al. 2020, section 3.2 ("DNAConv"); Fey 2019 ("Just Jump").
public struct DNAConvNetwork: NodeModel {
  /// What the network can be told; the defaults are those of the 2020 paper for BP.
  public struct Settings: NodeModelSettings {
    /// The network of these settings.
    public typealias Model = DNAConvNetwork
    /// `dna`
    public static let name = "dna"
    /// What it is.
    public static let summary = "dynamic neighbourhood aggregation between two dense layers (Fey 2019)"

    /// The width of all hidden layers; at least 1, a multiple of ``heads`` and ``groups``.
    public var hidden = 128
    /// L, how many layers aggregate; from 1 to 1,000.
    public var layers = 5
    /// How many heads each of them has; from 1 to 1,000.
    public var heads = 8
    /// Into how many groups their projections split the features; from 1 to 1,000.
    public var groups = 16
    /// f.
    public var activation = Activation.relu
    /// The probability that a feature is dropped; in [0, 1).
    public var inputDropout = 0.0
    /// The probability that an element of h_0 or h_L is dropped; in [0, 1).
    public var dropout = 0.5
    /// The probability that a coefficient of attention is dropped; in [0, 1).
    public var attentionDropout = 0.8
    /// Whether the network ends with log softmax and the error is read after it, as in the published code of the 2020
    /// paper. With the negative log-likelihood that error does not depend on the prediction. Otherwise it is read at the
    /// logits.
    public var readsErrorAfterLogSoftmax = false
    /// Over how many edges the error is diffused, by the normalised adjacency, for all points but the last; from 0, which
    /// leaves it as it is, to 100.
    public var errorHops = 0

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey(
        "hidden", \Self.hidden, "the width of all hidden layers; a multiple of heads and groups",
        .within(1...maximumWidth)),
      SettingKey("layers", \Self.layers, "how many layers aggregate", .within(1...1_000)),
      SettingKey("heads", \Self.heads, "how many heads each of them has", .within(1...1_000)),
      SettingKey(
        "groups", \Self.groups, "into how many groups their projections split the features",
        .within(1...1_000)),
      SettingKey("activation", \Self.activation, "the activation after every hidden layer"),
      SettingKey("inputDropout", \Self.inputDropout, "the probability that a feature is dropped", .dropout),
      SettingKey(
        "dropout", \Self.dropout,
        "the probability that an element of the first or last hidden layer is dropped",
        .dropout),
      SettingKey(
        "attentionDropout", \Self.attentionDropout,
        "the probability that a coefficient of attention is dropped",
        .dropout),
      SettingKey(
        "readsErrorAfterLogSoftmax", \Self.readsErrorAfterLogSoftmax,
        "whether the error is read after log softmax, as in the published code, where predictions do not change it"
      ),
      SettingKey(
        "errorHops", \Self.errorHops,
        "over how many edges the error is diffused before all hidden layers but the last receive it",
        .within(0...100)),
    ]

    /// Checks that heads and groups divide the width.
    public func validate() throws(SettingError) {
      try require(
        "hidden", hidden % heads == 0 && hidden % groups == 0,
        "must be a multiple of \(heads) heads and \(groups) groups, not \(hidden)")
    }
  }

  private let first, last: Linear
  private let layers: [DNAConv]
  private let activation: Activation
  private let inputDropout, dropout: Dropout
  private let points: [FeedbackPoint]
  private let output: ErrorReading
  /// Whether the network ends with log softmax, after which the error is read.
  public let givesLogProbabilities: Bool

  /// A network.
  /// - Precondition: The settings are allowed (`check()`).
  public init(_ scope: Scope, _ settings: Settings, features: Int, classes: Int) {
    guard settings.layers >= 1 else {
      fatalError("a DNAConvNetwork has at least 1 layer, not \(settings.layers)")
    }
    first = Linear(scope.group("first") / "lin1", features, settings.hidden)
    layers = (1...settings.layers).map {
      DNAConv(
        scope / "conv\($0)", settings.hidden, heads: settings.heads, groups: settings.groups,
        attentionDropout: settings.attentionDropout)
    }
    last = Linear(scope / "lin2", settings.hidden, classes)
    activation = settings.activation
    inputDropout = Dropout(settings.inputDropout)
    dropout = Dropout(settings.dropout)
    givesLogProbabilities = settings.readsErrorAfterLogSoftmax
    let output = ErrorReading(
      scope, .logits, hops: settings.errorHops, output: givesLogProbabilities ? "logProbabilities" : "logits")
    points =
      (["lin1"] + (1..<settings.layers).map { "conv\($0)" }).map { output.point(scope / $0) }
      + [output.outputPoint(scope / "conv\(settings.layers)")]
    self.output = output
  }

  /// The logits of all nodes, or their log softmax where the error is read there.
  public func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let x = features.dropped(by: inputDropout, pass).product([first.weight], pass) { $0[0].transposed() }
    var newest = points[0](activation(first.bias.map { x + $0.tensor } ?? x), pass)
    newest = dropout(newest, pass)
    var history = [newest]
    for (layer, point) in zip(layers, points.dropFirst()) {
      newest = point(activation(layer(Tensor.stacked(history, 1), graph, pass)), pass)
      history.append(newest)
    }
    return output(graph, pass) { _ in
      let logits = last(dropout(newest, pass), pass)
      return givesLogProbabilities ? logits.logSoftmax() : logits
    }
  }
}
