import Synchronization
import Torch

/// A directed graph without edge weights: N nodes and E edges, each from a source to a target.
///
/// Edges are numbered by their target, and for one target by their source; what belongs to edges (scores,
/// messages, coordinates) is in this order. A node may have no edges at all and an edge may lead from a node to
/// itself; each operator says what it does with them. No edge occurs twice.
///
/// Takes O(N + E) time and 16 E bytes to build. Matrices are made when an operator first asks for them.
public final class Graph: Sendable {
  /// N, at least 1.
  public let nodes: Int
  /// Where the matrices lie.
  public let device: Device
  /// The edges of each target: node i is the target of the edges `targetStarts[i] ..< targetStarts[i + 1]`.
  ///
  /// **Shape** N + 1 numbers
  public let targetStarts: [Int32]
  /// The source of each edge.
  public let sources: [Int32]
  /// The edges of each source: node i has the targets `targets[sourceStarts[i] ..< sourceStarts[i + 1]]`, in
  /// increasing order.
  ///
  /// **Shape** N + 1 numbers
  public let sourceStarts: [Int32]
  /// The targets, by source.
  public let targets: [Int32]

  let sourceRows = CachedValue<SparseMatrix>()
  let targetRows = CachedValue<SparseMatrix>()
  let targetStartTensor = CachedValue<Tensor>()
  private let index = CachedValue<EdgeIndex>()
  private let loops = CachedValue<Graph>()
  private let normalized = CachedValue<SparseMatrix>()
  private let normalizedWithLoops = CachedValue<SparseMatrix>()
  private let normalizedWeights = CachedValue<Tensor>()
  private let splines = Mutex<[SplineKernel: SparseMatrix]>([:])

  /// A graph.
  /// - Parameters:
  ///   - nodes: N.
  ///   - sources: The source of each edge.
  ///   - targets: The target of each edge.
  ///   - device: Where matrices are to lie.
  /// - Throws: ``GraphError`` when there are no nodes, an edge ends at no node, or an edge occurs twice.
  public init(nodes: Int, sources: [Int32], targets: [Int32], device: Device = .cpu) throws {
    guard nodes > 0 else { throw GraphError.noNodes }
    guard nodes < Int32.max else { throw GraphError.tooLarge(of: "nodes", count: nodes) }
    guard sources.count < Int32.max else { throw GraphError.tooLarge(of: "edges", count: sources.count) }
    guard sources.count == targets.count else {
      throw GraphError.count(of: "targets", found: targets.count, expected: sources.count)
    }
    for ends in [sources, targets] {
      if let edge = ends.firstIndex(where: { $0 < 0 || $0 >= nodes }) {
        throw GraphError.nodeOutOfRange(edge: edge, node: Int(ends[edge]), nodes: nodes)
      }
    }
    // Two stable counting sorts: by source, then by target.
    let bySource = EdgeOrder(by: sources, other: targets, count: nodes)
    let byTarget = bySource.exchanged()
    for target in 0..<nodes {
      let row = byTarget.edges(of: target)
      for edge in row.dropFirst() where byTarget.others[edge] == byTarget.others[edge - 1] {
        throw GraphError.duplicateEdge(source: Int(byTarget.others[edge]), target: target)
      }
    }
    self.nodes = nodes
    self.device = device
    (targetStarts, self.sources) = (byTarget.starts, byTarget.others)
    let sorted = byTarget.exchanged()
    (sourceStarts, self.targets) = (sorted.starts, sorted.others)
  }

  /// A graph whose edges are in the order of their targets, then sources, and known to be valid.
  private init(nodes: Int, byTarget: EdgeOrder, device: Device) {
    self.nodes = nodes
    self.device = device
    (targetStarts, sources) = (byTarget.starts, byTarget.others)
    let bySource = byTarget.exchanged()
    (sourceStarts, targets) = (bySource.starts, bySource.others)
  }

  /// A graph with an edge in both directions for each pair of nodes; a pair of equal nodes makes one.
  /// - Throws: ``GraphError`` as ``init(nodes:sources:targets:device:)``, also when a pair occurs in both orders.
  public static func undirected(
    nodes: Int, edges: [(Int32, Int32)], device: Device = .cpu
  ) throws -> Graph {
    var (sources, targets): ([Int32], [Int32]) = ([], [])
    sources.reserveCapacity(2 * edges.count)
    targets.reserveCapacity(2 * edges.count)
    for (first, second) in edges {
      sources.append(first)
      targets.append(second)
      if first != second {
        sources.append(second)
        targets.append(first)
      }
    }
    return try Graph(nodes: nodes, sources: sources, targets: targets, device: device)
  }

  /// E.
  public var edges: Int { sources.count }

  /// The sources and the targets of the edges, in their order.
  ///
  /// **Shape** `[2, E]`, `int64`, on the CPU
  var edgeTensor: Tensor {
    let ends = (0..<nodes).flatMap { [Int64](repeating: Int64($0), count: edges(to: $0).count) }
    return Tensor(sources.map(Int64.init) + ends, shape: [2, edges])
  }

  /// Whether there is for each edge one in the other direction.
  public var isUndirected: Bool { targetStarts == sourceStarts && sources == targets }

  /// The edges that lead to a node.
  public func edges(to node: Int) -> Range<Int> { Int(targetStarts[node])..<Int(targetStarts[node + 1]) }

  /// How many edges lead to each node.
  public var inDegrees: [Int32] { (0..<nodes).map { targetStarts[$0 + 1] - targetStarts[$0] } }

  /// How many edges lead from each node.
  public var outDegrees: [Int32] { (0..<nodes).map { sourceStarts[$0 + 1] - sourceStarts[$0] } }

  /// The edges in both orders, for attention.
  package var edgeIndex: EdgeIndex {
    index {
      EdgeIndex(
        targetStarts: targetStarts, sources: sources, sourceStarts: sourceStarts, targets: targets,
        device: device)
    }
  }

  /// The graph with exactly one edge from each node to itself, other edges being the same.
  public var withSelfLoops: Graph {
    loops { Graph(nodes: nodes, byTarget: edgesWithSelfLoops(), device: device) }
  }

  private func edgesWithSelfLoops() -> EdgeOrder {
    var (starts, sources): ([Int32], [Int32]) = ([0], [])
    starts.reserveCapacity(nodes + 1)
    sources.reserveCapacity(edges + nodes)
    for node in 0..<nodes {
      let row = self.sources[edges(to: node)]
      let place = row.firstIndex { $0 >= node } ?? row.endIndex
      sources += row[..<place]
      sources.append(Int32(node))
      sources += row[place...].drop { $0 == node }
      starts.append(Int32(sources.count))
    }
    return EdgeOrder(starts: starts, others: sources)
  }

  /// `D^-1/2 (A + I) D^-1/2`, where A has 1 in row i and column j for an edge from j to another node i, and D
  /// holds the row sums of A + I. An edge from a node to itself is the one that I adds.
  ///
  /// **Shape** `[N, N]`
  ///
  /// **Source** Kipf and Welling 2017, eq. 2.
  public var normalizedAdjacency: SparseMatrix {
    // From the edges alone: the graph with loops would be kept, at 16 bytes an edge.
    normalizedWithLoops {
      let edges = edgesWithSelfLoops()
      return SparseMatrix(
        rowStarts: edges.starts, columnIndices: edges.others, values: edges.normalizedWeights,
        columns: nodes, device: device)
    }
  }

  /// The element of ``normalizedAdjacency`` for each edge of ``withSelfLoops``.
  ///
  /// **Shape** `[E', 1, 1]`
  public var normalizedAdjacencyWeights: Tensor {
    normalizedWeights { Tensor(edgesWithSelfLoops().normalizedWeights).reshaped([-1, 1, 1]).to(device) }
  }

  /// `D^-1/2 A D^-1/2`, where A has no edges from a node to itself and D holds how many of its edges leave each
  /// node; a node that none leaves is divided by nothing and has zeros. The normalised Laplacian is L = I minus
  /// this matrix.
  ///
  /// **Shape** `[N, N]`
  ///
  /// **Source** Defferrard et al. 2016, section 2.1.
  public var symmetricAdjacency: SparseMatrix {
    normalized {
      var degrees = outDegrees
      for node in 0..<nodes where sources[edges(to: node)].contains(Int32(node)) { degrees[node] -= 1 }
      let scale = degrees.map { $0 == 0 ? 0 : 1 / Float($0).squareRoot() }
      var values = [Float](repeating: 0, count: edges)
      for target in 0..<nodes {
        for edge in edges(to: target) where Int(sources[edge]) != target {
          values[edge] = scale[target] * scale[Int(sources[edge])]
        }
      }
      return matrix(values)
    }
  }

  /// The matrix of a kernel over the in-degrees of the edges' targets, ``SplineKernel/matrix(_:_:)``.
  ///
  /// **Shape** `[N, N (K + 1)]`
  ///
  /// **Source** Fey et al. 2018, section 5.2.
  func splinesOfInDegrees(_ kernel: SplineKernel) -> SparseMatrix {
    splines.withLock { kept in
      if let matrix = kept[kernel] { return matrix }
      let matrix = kernel.matrix(self, PseudoCoordinates(targetInDegreesOf: self))
      kept[kernel] = matrix
      return matrix
    }
  }

  /// The matrix with the value of each edge in the row of its target and the column of its source.
  private func matrix(_ values: [Float]) -> SparseMatrix {
    SparseMatrix(
      rowStarts: targetStarts, columnIndices: sources, values: values, columns: nodes, device: device)
  }
}
