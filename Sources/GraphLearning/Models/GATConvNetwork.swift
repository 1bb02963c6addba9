import Networks
import Torch

/// Two graph attention layers: `conv2(dropout(f(conv1(dropout(X)))))`, the hidden heads side by side.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the activation and before the dropout
/// of the hidden layer, as in the published code; the error is read at the logits, or at the last layer's products.
///
/// **Source** Launay et al. 2020, section 3.2 ("GATConv"); Veličković et al. 2018, section 3.3.
public struct GATConvNetwork: NodeModel {
  /// What the network can be told; the defaults are those of Veličković et al. 2018.
  public struct Settings: TwoLayerSettings {
    /// The network of these settings.
    public typealias Model = GATConvNetwork
    /// `gat`
    public static let name = "gat"
    /// What it is.
    public static let summary = "two graph attention layers (Veličković et al. 2018)"

    /// The width of each head of the hidden layer; at least 1.
    public var hidden = 8
    /// How many heads the hidden layer has; from 1 to 1,000.
    public var heads = 8
    /// How many heads the last layer has, of which the mean is taken; from 1 to 1,000.
    public var outputHeads = 1
    /// f.
    public var activation = Activation.elu
    /// The probability that a feature is dropped; in [0, 1).
    public var inputDropout = 0.6
    /// The probability that an element of the hidden layer is dropped; in [0, 1).
    public var dropout = 0.6
    /// The probability that a coefficient of the hidden layer's attention is dropped; in [0, 1).
    public var attentionDropout = 0.6
    /// The same for the last layer.
    public var outputAttentionDropout = 0.6
    /// Where the error is read.
    public var errorPlace = ErrorPlace.logits
    /// Over how many edges the error is diffused for the hidden layer; from 0 to 100.
    public var errorHops = 0

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys: [SettingKey<Self>] =
      twoLayerKeys(hidden: "the width of each head of the hidden layer") + [
        SettingKey("heads", \Self.heads, "how many heads the hidden layer has", .within(1...1_000)),
        SettingKey(
          "outputHeads", \Self.outputHeads, "how many heads the last layer has, of which the mean is taken",
          .within(1...1_000)),
        SettingKey(
          "attentionDropout", \Self.attentionDropout,
          "the probability that a coefficient of the hidden layer's attention is dropped", .dropout),
        SettingKey(
          "outputAttentionDropout", \Self.outputAttentionDropout, "the same for the last layer's attention",
          .dropout),
      ]
  }

  private let first, second: GATConv
  private let parts: TwoLayerParts

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, features: Int, classes: Int) {
    first = GATConv(
      scope.group("first") / "conv1", features, settings.hidden, heads: settings.heads,
      attentionDropout: settings.attentionDropout)
    second = GATConv(
      scope / "conv2", settings.heads * settings.hidden, classes, heads: settings.outputHeads, .averaged,
      attentionDropout: settings.outputAttentionDropout)
    parts = TwoLayerParts(scope, settings)
  }

  /// The logits of all nodes.
  public func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let x = features.dropped(by: parts.inputDropout, pass)
    let h = parts.hidden(parts.activation(first(x, graph, pass)), pass)
    return parts.output(graph, pass) { second(parts.dropout(h, pass), graph, pass, products: $0) }
  }
}
