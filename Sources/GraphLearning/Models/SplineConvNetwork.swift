import Networks
import Torch

/// Two spline convolutions: `conv2(dropout(f(conv1(dropout(X)))))`, their splines being of the targets' in-degrees.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the activation and before the dropout
/// of the hidden layer, as in the published code; the error is read at the logits, or at the last layer's products.
///
/// **Source** Launay et al. 2020, section 3.2 ("SplineConv"); Fey et al. 2018, section 5.2.
public struct SplineConvNetwork: NodeModel {
  /// What the network can be told; the defaults are those of the 2020 paper.
  public struct Settings: TwoLayerSettings {
    /// The network of these settings.
    public typealias Model = SplineConvNetwork
    /// `spline`
    public static let name = "spline"
    /// What it is.
    public static let summary = "two spline convolutions (Fey et al. 2018)"

    /// The width of the hidden layer; at least 1.
    public var hidden = 16
    /// How many weights the kernels have; more than ``splineDegree``, at most 1,000.
    public var kernelSize = 2
    /// The degree of the kernels' splines; from 1 to 3.
    public var splineDegree = 1
    /// f.
    public var activation = Activation.elu
    /// The probability that a feature is dropped; in [0, 1).
    public var inputDropout = 0.5
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
          "kernelSize", \Self.kernelSize, "how many weights the kernels have; more than splineDegree",
          .within(2...1_000)),
        SettingKey("splineDegree", \Self.splineDegree, "the degree of the kernels' splines", .within(1...3)),
      ]

    /// Checks that an error is diffused from the logits only, and that kernels have a weight more than their degree.
    public func validate() throws(SettingError) {
      try checkErrorHops()
      try require(
        "kernelSize", kernelSize > splineDegree,
        "must be more than the splines' degree \(splineDegree), not \(kernelSize)")
    }
  }

  private let first, second: SplineConv
  private let kernel: SplineKernel
  private let parts: TwoLayerParts

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, features: Int, classes: Int) {
    kernel = SplineKernel(sizes: [settings.kernelSize], degree: settings.splineDegree)
    first = SplineConv(
      scope.group("first") / "conv1", features, settings.hidden, kernel: kernel)
    second = SplineConv(scope / "conv2", settings.hidden, classes, kernel: kernel)
    parts = TwoLayerParts(scope, settings)
  }

  /// The logits of all nodes.
  public func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let splines = graph.splinesOfInDegrees(kernel)
    let x = features.dropped(by: parts.inputDropout, pass)
    let h = parts.hidden(parts.activation(first(x, splines, pass)), pass)
    return parts.output(graph, pass) { second(parts.dropout(h, pass), splines, pass, products: $0) }
  }
}
