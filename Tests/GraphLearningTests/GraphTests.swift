import GraphLearning
import Networks
import TestSupport
import Testing
import Torch

@Suite("Graphs as matrices") struct GraphTests {
  private func dense(_ graph: Graph) -> [Float] {
    graph.normalizedAdjacency.matmul(Tensor.identity(graph.nodes)).scalars(Float.self)
  }

  @Test("A path of three nodes has the rows that are computed by hand") func path() {
    // Degrees with the loops: 2, 3, 2.
    let (end, middle, edge) = (Float(1) / 2, Float(1) / 3, 1 / Float(6).squareRoot())
    let expected = [end, edge, 0, edge, middle, edge, 0, edge, end]
    let found = dense(Graph(nodes: 3, edges: [(0, 1), (1, 2)], device: .cpu))
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("The direction and order of edges do not matter") func direction() {
    let graph = dense(Graph(nodes: 4, edges: [(0, 1), (1, 2), (3, 0)], device: .cpu))
    #expect(dense(Graph(nodes: 4, edges: [(0, 3), (2, 1), (1, 0)], device: .cpu)) == graph)
  }

  @Test("A node without neighbours keeps its own features") func isolated() {
    let found = dense(Graph(nodes: 3, edges: [(0, 2)], device: .cpu))
    #expect(zip(found, [0.5, 0, 0.5, 0, 1, 0, 0.5, 0, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(dense(Graph(nodes: 2, edges: [], device: .cpu)) == [1, 0, 0, 1])
  }

  @Test("The matrix is symmetric") func symmetric() {
    let edges: [(Int32, Int32)] = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (1, 3)]
    let matrix = Graph(nodes: 5, edges: edges, device: .cpu).normalizedAdjacency.matmul(Tensor.identity(5))
    #expect(matrix.greatestDifference(from: matrix.transposed()) < 1e-7)
  }
}
