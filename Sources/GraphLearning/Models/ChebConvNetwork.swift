import Networks
import Torch

/// Two Chebyshev graph convolutions: `conv2(dropout(f(conv1(dropout(X)))))`.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the dropout of the hidden layer;
/// the error is read at the logits, or at the last layer's products.
///
/// **Source** Launay et al. 2020, section 3.2 ("ChebConv"); Defferrard et al. 2016.
public struct ChebConvNetwork: NodeModel {
  /// What the network can be told; the defaults are those of the 2020 paper for BP.
  public struct Settings: TwoLayerSettings {
    /// The network of these settings.
    public typealias Model = ChebConvNetwork
    /// `cheb`
    public static let name = "cheb"
    /// What it is.
    public static let summary = "two Chebyshev graph convolutions (Defferrard et al. 2016)"

    /// The width of the hidden layer; at least 1.
    public var hidden = 16
    /// How many terms the convolutions have; from 1 to 1,000.
    public var terms = 2
    /// f.
    public var activation = Activation.relu
    /// The probability that a feature is dropped; in [0, 1).
    public var inputDropout = 0.0
    /// The probability that an element of the hidden layer is dropped; in [0, 1).
    public var dropout = 0.5
    /// Where the error is read.
    public var errorPlace = ErrorPlace.logits
    /// Over how many edges the error is diffused for the hidden layer; from 0 to 100.
    public var errorHops = 0

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys: [SettingKey<Self>] =
      twoLayerKeys() + [
        SettingKey(
          "terms", \Self.terms, "how many terms the convolutions have: nodes see others one edge less away",
          .within(1...1_000))
      ]
  }

  private let first, second: ChebConv
  private let parts: TwoLayerParts

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, features: Int, classes: Int) {
    first = ChebConv(
      scope.group("first") / "conv1", features, settings.hidden, terms: settings.terms
    )
    second = ChebConv(scope / "conv2", settings.hidden, classes, terms: settings.terms)
    parts = TwoLayerParts(scope, settings)
  }

  /// The logits of all nodes.
  public func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let x = features.dropped(by: parts.inputDropout, pass)
    let h = parts.hidden(parts.dropout(parts.activation(first(x, graph, pass)), pass), pass)
    return parts.output(graph, pass) { second(h, graph, pass, products: $0) }
  }
}
