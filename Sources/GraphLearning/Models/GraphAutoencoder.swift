import Networks
import Torch

/// A graph autoencoder: two graph convolutions encode the nodes, `Z = conv2(dropout(f(conv1(dropout(X)))))`, and the
/// inner product `z_i · z_j` is the logit of an edge between nodes i and j.
///
/// **Shape** features `[N, F]` to latent `[N, latent]`. One feedback point, after the dropout of the hidden layer;
/// the error is read at the latent, dL/dZ, so that the second convolution has its true gradient.
///
/// **Source** Launay et al. 2020, section 3.2 and table 4; Kipf and Welling 2016, "Variational graph
/// auto-encoders".
package struct GraphAutoencoder {
  private let encoder: GraphConvNetwork

  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: F.
  ///   - hidden: The width of the hidden layer.
  ///   - latent: The width of the latent.
  ///   - activation: f.
  ///   - inputDropout: The probability that a feature is dropped.
  ///   - dropout: The probability that an element of the hidden layer is dropped.
  package init(
    _ scope: Scope, features: Int, hidden: Int, latent: Int, activation: Activation = .relu,
    inputDropout: Double = 0, dropout: Double = 0
  ) {
    encoder = GraphConvNetwork(
      scope, features: features, hidden: hidden, classes: latent, activation: activation,
      inputDropout: inputDropout, dropout: dropout, outputName: "latent")
  }

  /// The latent.
  package func encode(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    encoder(features, graph, pass)
  }

  /// The logits of pairs of nodes.
  ///
  /// **Shape** latent `[N, D]`, pairs `[2, P]` of `int64`, to `[P]`
  package static func logits(_ latent: Tensor, _ pairs: Tensor) -> Tensor {
    (latent.gathered(0, pairs.selected(0, 0)) * latent.gathered(0, pairs.selected(0, 1))).sum(1)
  }

  /// The mean of `-log σ(z_i · z_j)` over pairs with an edge, plus the mean of `-log(1 - σ(z_i · z_j))` over pairs
  /// without.
  ///
  /// PyTorch Geometric adds 1e-15 to σ and to 1 - σ before it takes their logarithm. Here both logarithms are
  /// computed from the logit: the same numbers where σ is neither 0 nor 1 in single precision, and elsewhere
  /// numbers and derivatives that stay right.
  ///
  /// **Shape** latent `[N, D]`, edges `[2, P]` and nonEdges `[2, Q]` of `int64`, to a scalar
  package static func loss(_ latent: Tensor, edges: Tensor, nonEdges: Tensor) -> Tensor {
    let (positives, negatives) = (logits(latent, edges), logits(latent, nonEdges))
    let (ones, zeros) = (
      Tensor.ones(positives.shape, dtype: positives.dtype, device: positives.device),
      Tensor.zeros(negatives.shape, dtype: negatives.dtype, device: negatives.device)
    )
    return positives.binaryCrossEntropyWithLogits(ones) + negatives.binaryCrossEntropyWithLogits(zeros)
  }
}
