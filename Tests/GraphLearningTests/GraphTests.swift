import GraphLearning
import TestSupport
import Testing
import Torch

@Suite("Graphs") struct GraphTests {
  private func dense(_ graph: Graph) -> [Float] {
    graph.normalizedAdjacency.matmul(Tensor.identity(graph.nodes)).scalars(Float.self)
  }

  @Test("Edges are held by target and by source, with degrees") func orders() throws {
    let graph = try Graph(nodes: 4, sources: [3, 0, 1, 3, 0], targets: [0, 2, 2, 2, 0])
    #expect(graph.edges == 5)
    #expect(graph.targetStarts == [0, 2, 2, 5, 5] && graph.sources == [0, 3, 0, 1, 3])
    #expect(graph.sourceStarts == [0, 2, 3, 3, 5] && graph.targets == [0, 2, 2, 0, 2])
    #expect(graph.inDegrees == [2, 0, 3, 0] && graph.outDegrees == [2, 1, 0, 2])
    #expect(graph.edges(to: 2) == 2..<5)
  }

  @Test("Undirected edges lead in both directions, and once from a node to itself") func undirected() throws {
    let graph = try Graph.undirected(nodes: 3, edges: [(2, 0), (1, 1)])
    #expect(graph.targetStarts == [0, 1, 2, 3] && graph.sources == [2, 1, 0])
    #expect(graph.inDegrees == graph.outDegrees)
  }

  @Test("A graph is undirected when every edge leads both ways") func isUndirected() throws {
    #expect(try Graph.undirected(nodes: 4, edges: [(0, 1), (3, 1), (2, 2)]).isUndirected)
    #expect(try !directedGraph().isUndirected)
    // As many edges to each node as from it, but none both ways.
    #expect(try !Graph(nodes: 3, sources: [0, 1, 2], targets: [1, 2, 0]).isUndirected)
  }

  @Test("What makes no graph is refused with the operands") func refusals() {
    func refuse(
      _ nodes: Int, _ sources: [Int32], _ targets: [Int32], _ error: GraphError, _ text: String
    ) {
      #expect(throws: error) { try Graph(nodes: nodes, sources: sources, targets: targets) }
      #expect(error.description == text)
    }
    refuse(0, [], [], .noNodes, "a graph must have at least one node")
    refuse(-1, [], [], .noNodes, "a graph must have at least one node")
    refuse(
      3, [0, 1], [1], .count(of: "targets", found: 1, expected: 2), "there are 1 targets where 2 must be")
    refuse(
      3, [0, 3], [1, 1], .nodeOutOfRange(edge: 1, node: 3, nodes: 3),
      "edge 1 ends at node 3, but the nodes are 0 to 2")
    refuse(
      3, [0, 1], [-1, 1], .nodeOutOfRange(edge: 0, node: -1, nodes: 3),
      "edge 0 ends at node -1, but the nodes are 0 to 2")
    refuse(
      3, [2, 0, 2], [1, 1, 1], .duplicateEdge(source: 2, target: 1),
      "the edge from node 2 to node 1 occurs twice")
    #expect(throws: GraphError.tooLarge(of: "nodes", count: 1 << 40)) {
      try Graph(nodes: 1 << 40, sources: [], targets: [])
    }
    #expect(throws: GraphError.duplicateEdge(source: 1, target: 0)) {
      try Graph.undirected(nodes: 2, edges: [(0, 1), (1, 0)])
    }
  }

  @Test("Self loops are added where there is none") func selfLoops() throws {
    let graph = try directedGraph().withSelfLoops
    #expect(graph.inDegrees == [3, 2, 3, 1, 1])
    #expect(graph.sources == [0, 2, 3, 0, 1, 1, 2, 3, 3, 4])
    #expect(graph.withSelfLoops.sources == graph.sources)
  }

  @Test("A path of three nodes has the rows that are computed by hand") func path() throws {
    // Degrees with the loops: 2, 3, 2.
    let (end, middle, edge) = (Float(1) / 2, Float(1) / 3, 1 / Float(6).squareRoot())
    let expected = [end, edge, 0, edge, middle, edge, 0, edge, end]
    let found = dense(try .undirected(nodes: 3, edges: [(0, 1), (1, 2)]))
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("The direction and order of undirected edges do not matter") func direction() throws {
    let graph = dense(try .undirected(nodes: 4, edges: [(0, 1), (1, 2), (3, 0)]))
    #expect(dense(try .undirected(nodes: 4, edges: [(0, 3), (2, 1), (1, 0)])) == graph)
  }

  @Test("A node without neighbours keeps its own features") func isolated() throws {
    let found = dense(try .undirected(nodes: 3, edges: [(0, 2)]))
    #expect(zip(found, [0.5, 0, 0.5, 0, 1, 0, 0.5, 0, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(dense(try .undirected(nodes: 2, edges: [])) == [1, 0, 0, 1])
  }

  @Test("The matrices of an undirected graph are symmetric") func symmetric() throws {
    let graph = try Graph.undirected(nodes: 5, edges: [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (1, 3)])
    for matrix in [graph.normalizedAdjacency, graph.symmetricAdjacency] {
      let dense = matrix.matmul(Tensor.identity(5))
      #expect(dense.maximumDifference(from: dense.transposed()) < 1e-7)
    }
  }

  @Test("The Laplacian's matrix leaves out self loops, and lone nodes have zeros") func laplacian() throws {
    let graph = try Graph.undirected(nodes: 4, edges: [(0, 1), (1, 2), (1, 1)])
    let edge = 1 / Float(2).squareRoot()
    let expected = Tensor(
      [Float(0), edge, 0, 0, edge, 0, edge, 0, 0, edge, 0, 0, 0, 0, 0, 0], shape: [4, 4])
    #expect(graph.symmetricAdjacency.matmul(.identity(4)).maximumDifference(from: expected) < 1e-6)
  }

  @Test("A graph is asked by many threads at once") func threads() async throws {
    let graph = try directedGraph()
    let expected = try dense(directedGraph())
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { dense(graph) == expected } }
      for await isEqual in group { #expect(isEqual) }
    }
  }

  @Test("A graph has a million nodes and ten million edges") func large() throws {
    let nodes = 1_000_000
    var (sources, targets): ([Int32], [Int32]) = ([], [])
    sources.reserveCapacity(10 * nodes)
    targets.reserveCapacity(10 * nodes)
    for number in 0..<nodes {
      // 7919 is prime to the number of nodes: every node once, far apart.
      let source = number * 7919 % nodes
      for step in 1...10 {
        sources.append(Int32(source))
        targets.append(Int32((source + step * 104_729) % nodes))
      }
    }
    let graph = try Graph(nodes: nodes, sources: sources, targets: targets)
    #expect(graph.edges == 10 * nodes && graph.inDegrees.allSatisfy { $0 == 10 })
  }
}
