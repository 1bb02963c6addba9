import GraphLearning
import TestSupport
import Testing
import Torch

@Suite("Message passing") struct MessagePassingTests {
  @Test("Rows are gathered at both ends and added up at targets") func gathering() throws {
    let graph = try directedGraph()
    let x = Tensor.range(0..<5, dtype: .float32)
    #expect(graph.atSources(x).scalars(Float.self) == graph.sources.map(Float.init))
    #expect(graph.atTargets(x).scalars(Float.self) == [0, 0, 1, 1, 2, 2])
    #expect(graph.sum(Tensor.ones([6])).scalars(Float.self) == [2, 2, 2, 0, 0])
    #expect(graph.atSources(Tensor.ones([5, 2, 3])).shape == [6, 2, 3])
    #expect(graph.sum(Tensor.ones([6, 2, 3])).shape == [5, 2, 3])
  }

  @Test("Gathering and adding have the gradients of differences") func gradients() throws {
    let graph = try directedGraph()
    let violations = checkLayer(inputShape: [5, 2], outputShape: [5, 2]) { _ in
      FunctionLayer { x, _ in graph.sum(graph.atSources(x) * graph.atTargets(x)) }
    }
    #expect(violations == [])
  }

  @Test("The softmax of each target's edges is that of a dense row") func softmax() throws {
    let graph = try directedGraph()
    let scores = RandomGenerator(seed: 2).normal([6, 3])
    let found = graph.edgeSoftmax(scores)
    for target in 0..<3 {
      let row = graph.edges(to: target)
      let part = { (x: Tensor) in x.narrowed(0, start: row.lowerBound, length: row.count) }
      #expect(part(found).maximumDifference(from: part(scores).softmax(0)) < 1e-6)
    }
    #expect(graph.sum(found).sum(1).maximumDifference(from: Tensor([Float(3), 3, 3, 0, 0])) < 1e-6)
  }

  @Test("The softmax of great scores is finite, and unmoved by a common number") func greatScores() throws {
    let graph = try directedGraph()
    let scores = RandomGenerator(seed: 2).normal([6, 1])
    #expect(graph.edgeSoftmax(scores + 64).maximumDifference(from: graph.edgeSoftmax(scores)) < 1e-5)
    let great = graph.edgeSoftmax(Tensor([Float(1e30), -1e30, -1e30, -1e30, 3e38, 1], shape: [6, 1]))
    #expect(great.scalars(Float.self) == [1, 0, 0.5, 0.5, 1, 0])
  }

  @Test("The softmax has the gradients of differences") func softmaxGradients() throws {
    let graph = try directedGraph()
    let violations = checkLayer(inputShape: [6, 2], outputShape: [6, 2]) { _ in
      FunctionLayer { x, _ in graph.edgeSoftmax(x) }
    }
    #expect(violations == [])
  }

  @Test("A graph without edges has nothing to gather and zeros to add up") func empty() throws {
    let graph = try Graph(nodes: 2, sources: [], targets: [])
    #expect(graph.atSources(Tensor.ones([2, 3])).shape == [0, 3])
    #expect(graph.atTargets(Tensor.ones([2, 3])).shape == [0, 3])
    #expect(graph.sum(Tensor.ones([0, 3])).equals(.zeros([2, 3])))
    #expect(graph.edgeSoftmax(Tensor.ones([0, 3])).shape == [0, 3])
  }

  @Test("The restricted softmax has a further score of zero") func restricted() {
    let x = Tensor([Float(0), 1, -2], shape: [1, 3])
    let sum = 1 + 1 + exp1 + 1 / (exp1 * exp1)
    let expected = Tensor(
      [Float(1 / sum), Float(exp1 / sum), Float(1 / (exp1 * exp1 * sum))], shape: [1, 3])
    #expect(x.restrictedSoftmax(1).maximumDifference(from: expected) < 1e-6)
    #expect(Tensor([Float(1e30), -1e30]).restrictedSoftmax(0).scalars(Float.self) == [1, 0])
    #expect(Tensor([Float(-1e30), -1e30]).restrictedSoftmax(0).scalars(Float.self) == [0, 0])
    #expect(checkGradients([[4, 3, 2]]) { $0[0].restrictedSoftmax(1) } == [])
  }

  private let exp1 = Tensor(1, dtype: .float64).exp().item
}
