import Networks
import Torch

/// Two graph convolutions: `conv2(dropout(f(conv1(dropout(X)))))`.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the dropout of the hidden layer;
/// the error is read at the logits, or at the last layer's products.
///
/// **Source** Launay et al. 2020, section 3.2 ("GraphConv"); Kipf and Welling 2017, eq. 9.
public struct GraphConvNetwork: NodeModel {
  /// What the network can be told; the defaults are those of Kipf and Welling 2017.
  public struct Settings: TwoLayerSettings {
    /// The network of these settings.
    public typealias Model = GraphConvNetwork
    /// `gcn`
    public static let name = "gcn"
    /// What it is.
    public static let summary = "two graph convolutions (Kipf and Welling 2017)"

    /// The width of the hidden layer; at least 1.
    public var hidden = 16
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
    public static let keys: [SettingKey<Self>] = twoLayerKeys()
  }

  private let first, second: GraphConv
  private let parts: TwoLayerParts

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, features: Int, classes: Int) {
    self.init(scope, settings, features: features, outputs: classes, output: "logits")
  }

  /// A network that puts out something else than logits.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: The settings.
  ///   - features: F.
  ///   - outputs: The width of the output.
  ///   - name: The name of the output.
  init(_ scope: Scope, _ settings: Settings, features: Int, outputs: Int, output name: String) {
    first = GraphConv(scope.group("first") / "conv1", features, settings.hidden)
    second = GraphConv(scope / "conv2", settings.hidden, outputs)
    parts = TwoLayerParts(scope, settings, output: name)
  }

  /// The logits of all nodes.
  public func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let x = features.dropped(by: parts.inputDropout, pass)
    let h = parts.hidden(parts.dropout(parts.activation(first(x, graph, pass)), pass), pass)
    return parts.output(graph, pass) { second(h, graph, pass, products: $0) }
  }
}
