import GraphLearning
import TestSupport
import Testing
import Torch

/// In float64 the operations are made of LibTorch's, in float32 they are our kernels.
@Suite("Edge index") struct EdgeIndexTests {
  @Test("Products and sums are those of gathered rows") func values() throws {
    let graph = try directedGraph()
    let (x, y, w) = operands(graph, .float32)
    let products = (graph.atTargets(x).unsqueezed(1) * graph.atSources(y)).sum(-1)
    #expect(graph.edgeIndex.dot(x, y).maximumDifference(from: products) < 1e-6)
    let sums = graph.sum((w.unsqueezed(-1) * graph.atSources(y)).sum(1))
    #expect(graph.edgeIndex.sum(w, y).maximumDifference(from: sums) < 1e-6)
  }

  @Test("Their gradients are those of differences") func gradientsOfDifferences() throws {
    let index = try directedGraph().edgeIndex
    #expect(checkGradients([[5, 2, 4], [5, 3, 2, 4]]) { index.dot($0[0], $0[1]) } == [])
    #expect(checkGradients([[6, 3, 2], [5, 3, 2, 4]]) { index.sum($0[0], $0[1]) } == [])
  }

  @Test("The kernels give what LibTorch's operations give, at every width") func kernels() throws {
    let graph = try randomGraph()
    for width in [1, 7, 8, 16, 19] {
      let (single, double) = (
        gradientsOfAttention(graph, width, .float32), gradientsOfAttention(graph, width, .float64)
      )
      for (found, expected) in zip(single, double) {
        #expect(found.maximumDifference(from: expected.to(.float32)) < 1e-4)
      }
    }
  }

  @Test("Only the gradients that are asked for are made") func partialGradients() throws {
    let graph = try directedGraph()
    let (x, y, w) = operands(graph, .float32)
    let z = y.requiringGradient()
    let loss = graph.edgeIndex.sum(w, z).sum() + graph.edgeIndex.dot(x, z).sum()
    #expect(gradients(of: [loss], for: [z])[0]?.shape == [5, 3, 2, 4])
  }

  @Test("A graph without edges has no products and sums of zero") func empty() throws {
    let index = try Graph(nodes: 2, sources: [], targets: []).edgeIndex
    #expect(index.dot(.ones([2, 1, 3]), .ones([2, 4, 1, 3])).shape == [0, 4, 1])
    #expect(index.sum(.ones([0, 4, 1]), .ones([2, 4, 1, 3])).equals(.zeros([2, 1, 3])))
  }

  @Test("Wrong shapes are errors that name them") func shapes() throws {
    let graph = try directedGraph()
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { graph.edgeIndex.sum(.ones([5, 3, 2]), .ones([5, 3, 2, 4])) }
    }
    #expect("\(try #require(error))".contains("[5, 3, 2]"))
    #expect(throws: TorchError.self) {
      try withTorchErrors { graph.edgeIndex.dot(.ones([5, 2, 3]), .ones([5, 3, 2, 4])) }
    }
  }

  private func operands(_ graph: Graph, _ dtype: DType) -> (Tensor, Tensor, Tensor) {
    let generator = RandomGenerator(seed: 3)
    return (
      generator.normal([graph.nodes, 2, 4], dtype: dtype),
      generator.normal([graph.nodes, 3, 2, 4], dtype: dtype),
      generator.normal([graph.edges, 3, 2], dtype: dtype)
    )
  }

  /// 300 nodes, so that more than one thread works, of which some have no edges.
  private func randomGraph() throws -> Graph {
    let ends = RandomGenerator(seed: 4).uniform([2, 900]) * 290
    let pairs = Set(
      zip(ends.selected(0, 0).scalars(Float.self), ends.selected(0, 1).scalars(Float.self)).map {
        SIMD2(Int32($0), Int32($1))
      })
    return try Graph(nodes: 300, sources: pairs.map(\.x), targets: pairs.map(\.y))
  }

  /// Of an attention without a softmax.
  private func gradientsOfAttention(_ graph: Graph, _ width: Int, _ dtype: DType) -> [Tensor] {
    let generator = RandomGenerator(seed: 5)
    let leaves = [[300, 2, width], [300, 3, 2, width], [300, 3, 2, width]].map {
      (generator.normal($0, dtype: .float64) / Double(width)).to(dtype).requiringGradient()
    }
    let index = graph.edgeIndex
    let y = index.sum(index.dot(leaves[0], leaves[1]), leaves[2])
    return [y.detached()] + gradients(of: [(y * y).sum()], for: leaves).compactMap { $0 }
  }
}
