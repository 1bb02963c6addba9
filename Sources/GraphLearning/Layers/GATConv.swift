import Networks
import Torch

/// Graph attention: of each head `y_i = Σ_j α_ij x_j W` over the edges (j, i) and the node itself, with
/// `α_ij = softmax_j(leakyReLU(x_i W · a_target + x_j W · a_source))` of slope 0.2.
///
/// Each node attends to itself once, whether or not the graph has such an edge.
///
/// **Shape** X `[N, inputs]`, dense or sparse, to `[N, heads outputs]` when heads are concatenated, or `[N,
/// outputs]` when their mean is taken; weight `[inputs, heads outputs]` and attention `source`, `target` `[heads,
/// outputs]` start Glorot uniform, the bias zero.
///
/// **Source** Veličković et al. 2018, eq. 3 to 6; Launay et al. 2020, section 3.2.
public struct GATConv {
  /// What becomes of the heads' outputs.
  public enum Heads: Sendable {
    /// They are put side by side.
    case concatenated
    /// Their mean is taken.
    case averaged
  }

  private let weight, source, target, bias: Parameter
  private let outputs, count: Int
  private let heads: Heads
  private let dropout: Dropout

  /// A layer with parameters `weight`, `source`, `target` and `bias` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: The width of the input.
  ///   - outputs: The width of each head.
  ///   - count: How many heads there are.
  ///   - heads: What becomes of their outputs.
  ///   - dropout: The probability that an α is dropped in training.
  public init(
    _ scope: Scope, _ inputs: Int, _ outputs: Int, heads count: Int, _ heads: Heads = .concatenated,
    attentionDropout dropout: Double = 0
  ) {
    weight = scope.parameter(
      "weight", [inputs, count * outputs], .glorotUniform, pyTorch: .transposed("lin.weight"))
    source = scope.parameter("source", [count, outputs], .glorotUniform, pyTorch: .row("att_src"))
    target = scope.parameter("target", [count, outputs], .glorotUniform, pyTorch: .row("att_dst"))
    bias = scope.parameter("bias", [heads == .concatenated ? count * outputs : outputs], .constant(0))
    (self.outputs, self.count, self.heads) = (outputs, count, heads)
    self.dropout = Dropout(dropout)
  }

  /// y.
  /// - Parameters:
  ///   - x: The features.
  ///   - graph: The graph.
  ///   - pass: The pass.
  ///   - products: What becomes of X W, `[N, heads outputs]`, before the graph adds them up.
  public func callAsFunction(
    _ x: some NodeFeatures, _ graph: Graph, _ pass: Pass, products: (Tensor) -> Tensor = { $0 }
  ) -> Tensor {
    let graph = graph.withSelfLoops
    let z = products(x.product([weight], pass) { $0[0] }).reshaped([graph.nodes, count, outputs])
    let scores =
      graph.atSources((z * source.tensor).sum(-1)) + graph.atTargets((z * target.tensor).sum(-1))
    let attention = dropout(graph.edgeSoftmax(scores.leakyReLU(slope: 0.2)), pass)
    let y = graph.edgeIndex.sum(attention.unsqueezed(1), z.unsqueezed(1))
    return (heads == .concatenated ? y.flattenedRows() : y.mean(1)) + bias.tensor
  }
}
