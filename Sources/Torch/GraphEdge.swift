import CTorch

/// A place in the graph, from which a traversal can start; it keeps what the derivatives need and not the
/// tensor's own numbers.
package final class GraphEdge {
  let handle: OpaquePointer

  /// Where a tensor is; nil when it is not on a graph.
  package init?(of tensor: Tensor) {
    guard let handle = withExtendedLifetime(tensor, { ctorch_edge(tensor.handle) }) else { return nil }
    self.handle = handle
  }

  deinit { ctorch_edge_free(handle) }
}
