import Basics

/// Edges, features or coordinates that make no graph.
public enum GraphError: ReportableError, Equatable {
  /// A graph needs at least one node.
  case noNodes
  /// There are not as many of something as there must be.
  case count(of: String, found: Int, expected: Int)
  /// More nodes or edges than 32-bit indices can number.
  case tooLarge(of: String, count: Int)
  /// An edge ends at a node that does not exist.
  case nodeOutOfRange(edge: Int, node: Int, nodes: Int)
  /// An edge occurs twice.
  case duplicateEdge(source: Int, target: Int)
  /// A number is NaN or infinite.
  case notFinite(of: String, index: Int)
  /// A pseudo-coordinate lies outside [0, 1].
  case coordinateOutOfRange(edge: Int, dimension: Int, value: Float)
  /// An edge leads one way only, where all must lead both ways.
  case notUndirected
  /// There are too few edges for each part of a split to have one.
  case tooFewEdges(found: Int, validation: Int, test: Int)
  /// There are too few pairs of nodes without an edge.
  case tooFewNonEdges(found: Int, needed: Int)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// What is wrong.
  public var description: String {
    switch self {
    case .noNodes: "a graph must have at least one node"
    case .count(let what, let found, let expected): "there are \(found) \(what) where \(expected) must be"
    case .tooLarge(let what, let count): "\(count) \(what) are more than a graph can have, \(Int32.max)"
    case .nodeOutOfRange(let edge, let node, let nodes):
      "edge \(edge) ends at node \(node), but the nodes are 0 to \(nodes - 1)"
    case .duplicateEdge(let source, let target): "the edge from node \(source) to node \(target) occurs twice"
    case .notFinite(let what, let index): "number \(index) of the \(what) is not finite"
    case .coordinateOutOfRange(let edge, let dimension, let value):
      "coordinate \(dimension) of edge \(edge) is \(value), which is not in [0, 1]"
    case .notUndirected: "the graph must have every edge in both directions"
    case .tooFewEdges(let found, let validation, let test):
      "\(found) edges are too few to split: \(validation) would be for validation and \(test) to test"
    case .tooFewNonEdges(let found, let needed):
      "the graph is too dense: \(found) pairs of nodes have no edge, where \(needed) are needed"
    }
  }
}
