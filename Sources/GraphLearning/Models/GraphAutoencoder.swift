import Networks
import Torch
import Training

/// A graph autoencoder: two graph convolutions encode the nodes, `Z = conv2(dropout(f(conv1(dropout(X)))))`, and the
/// inner product `z_i · z_j` is the logit of an edge between nodes i and j.
///
/// **Shape** features `[N, F]` to latent `[N, latent]`. One feedback point, after the dropout of the hidden layer;
/// the error is read at the latent, dL/dZ, so that the second convolution has its true gradient.
///
/// **Source** Launay et al. 2020, section 3.2 and table 4; Kipf and Welling 2016, "Variational graph
/// auto-encoders".
public struct GraphAutoencoder {
  /// What the network can be told; the defaults are those of the 2020 paper.
  public struct Settings: Networks.Settings {
    /// The width of the hidden layer; at least 1.
    public var hidden = 32
    /// The width of the latent; at least 1.
    public var latent = 16
    /// f.
    public var activation = Activation.relu
    /// The probability that a feature is dropped; in [0, 1).
    public var inputDropout = 0.0
    /// The probability that an element of the hidden layer is dropped; in [0, 1).
    public var dropout = 0.0

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("hidden", \Self.hidden, "the width of the hidden layer", .within(1...maximumWidth)),
      SettingKey("latent", \Self.latent, "the width of the latent", .within(1...maximumWidth)),
      SettingKey("activation", \Self.activation, "the activation after the hidden layer"),
      SettingKey("inputDropout", \Self.inputDropout, "the probability that a feature is dropped", .dropout),
      SettingKey(
        "dropout", \Self.dropout, "the probability that an element of the hidden layer is dropped", .dropout),
    ]
  }

  private let encoder: GraphConvNetwork

  /// A network; the parameters of its first layer are in the group `first`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: The settings.
  ///   - features: F.
  public init(_ scope: Scope, _ settings: Settings, features: Int) {
    var layers = GraphConvNetwork.Settings()
    layers.hidden = settings.hidden
    layers.activation = settings.activation
    layers.inputDropout = settings.inputDropout
    layers.dropout = settings.dropout
    encoder = GraphConvNetwork(scope, layers, features: features, outputs: settings.latent, output: "latent")
  }

  /// The latent.
  public func encode(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    encoder(features, graph, pass)
  }

  /// The logits of pairs of nodes.
  ///
  /// **Shape** latent `[N, D]`, pairs `[2, P]` of `int64`, to `[P]`
  public static func logits(_ latent: Tensor, _ pairs: Tensor) -> Tensor {
    (latent.gathered(0, pairs.selected(0, 0)) * latent.gathered(0, pairs.selected(0, 1))).sum(1)
  }

  /// The mean of `-log σ(z_i · z_j)` over pairs with an edge, plus the mean of `-log(1 - σ(z_i · z_j))` over pairs
  /// without.
  ///
  /// PyTorch Geometric adds 1e-15 to σ and to 1 - σ before it takes their logarithm. Here both logarithms are
  /// computed from the logit: the same numbers where σ is neither 0 nor 1 in single precision, and elsewhere
  /// numbers and derivatives that stay correct.
  ///
  /// **Shape** latent `[N, D]`, edges `[2, P]` and nonEdges `[2, Q]` of `int64`, to a scalar
  public static func loss(_ latent: Tensor, edges: Tensor, nonEdges: Tensor) -> Tensor {
    let (positives, negatives) = (logits(latent, edges), logits(latent, nonEdges))
    let (ones, zeros) = (
      Tensor.ones(positives.shape, dtype: positives.dtype, device: positives.device),
      Tensor.zeros(negatives.shape, dtype: negatives.dtype, device: negatives.device)
    )
    return positives.binaryCrossEntropyWithLogits(ones) + negatives.binaryCrossEntropyWithLogits(zeros)
  }
}
