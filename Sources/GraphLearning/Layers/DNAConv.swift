import Networks
import Torch

/// Dynamic neighbourhood aggregation: each edge chooses among what all earlier layers said of its source,
/// `y_i = Σ_j Â_ij Σ_l α_ijl v_jl`, by attention of its target: `α_ijl = exp(s_ijl) / (1 + Σ_l exp(s_ijl))` with
/// `s_ijl = q_i · k_jl / sqrt(E)`, for each head, of width E = features / heads.
///
/// q is a projection of the target's newest vector, k and v are projections of all vectors of the source, in groups
/// of features that do not mix. Â is ``Graph/normalizedAdjacency``: each node has an edge to itself.
///
/// **Shape** the history of L layers `[N, L, features]` to `[N, features]`; `query`, `key` and `value` are
/// ``GroupedLinear``.
///
/// **Source** Fey 2019 ("Just Jump"), section 3; Launay et al. 2020, section 3.2.
public struct DNAConv {
  private let query, key, value: GroupedLinear
  private let features, heads: Int
  private let dropout: Dropout

  /// A layer with parameters in `scope/query`, `scope/key` and `scope/value`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: The width; a multiple of `heads` and of `groups`.
  ///   - heads: How many heads share it in attention.
  ///   - groups: Into how many parts projections split it.
  ///   - dropout: The probability that an α is dropped in training.
  public init(
    _ scope: Scope, _ features: Int, heads: Int, groups: Int, attentionDropout dropout: Double = 0
  ) {
    guard heads > 0, features % heads == 0 else {
      fatalError("\(features) features cannot be shared by \(heads) heads")
    }
    func projection(_ name: String, inPyTorch part: String) -> GroupedLinear {
      GroupedLinear(
        (scope / name).inPyTorch(scope.nameInPyTorch(of: "multi_head.\(part)")), features, groups: groups)
    }
    query = projection("query", inPyTorch: "lin_q")
    key = projection("key", inPyTorch: "lin_k")
    value = projection("value", inPyTorch: "lin_v")
    (self.features, self.heads) = (features, heads)
    self.dropout = Dropout(dropout)
  }

  /// The newest vectors of all nodes.
  /// - Parameters:
  ///   - history: The vectors that earlier layers gave each node, the newest last.
  ///   - graph: The graph.
  ///   - pass: The pass.
  public func callAsFunction(_ history: Tensor, _ graph: Graph, _ pass: Pass) -> Tensor {
    let edges = graph.withSelfLoops.edgeIndex
    let (layers, width) = (history.shape[1], features / heads)
    let q = query(history.selected(1, layers - 1), pass).reshaped([-1, heads, width])
    let k = key(history, pass).reshaped([-1, layers, heads, width])
    let v = value(history, pass).reshaped([-1, layers, heads, width])
    let scores = edges.dot(q / Double(width).squareRoot(), k)
    let attention = dropout(scores.restrictedSoftmax(1), pass)
    return edges.sum(attention * graph.normalizedAdjacencyWeights, v).flattenedRows()
  }
}
