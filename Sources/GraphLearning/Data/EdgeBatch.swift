import Torch
import Training

/// Pairs of nodes that an edge joins, and pairs that none joins.
public struct EdgeBatch: CapturableBatch, Sendable {
  /// Both nodes of each edge; an edge's two directions count once, since they have the same logit.
  ///
  /// **Shape** `[2, P]`, `int64`
  let edges: Tensor
  /// Both nodes of each pair without an edge.
  ///
  /// **Shape** `[2, Q]`, `int64`
  let nonEdges: Tensor

  /// The edges and the pairs without one.
  public var tensors: [Tensor] { [edges, nonEdges] }

  /// Other pairs.
  public func replacing(_ tensors: [Tensor]) -> EdgeBatch {
    EdgeBatch(edges: tensors[0], nonEdges: tensors[1])
  }
}
