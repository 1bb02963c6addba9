import FeedbackAlignment
import GraphLearning
import Networks
import TestSupport
import Testing
import Torch

@Suite("Graph convolutions") struct GraphConvTests {
  private let graph: Graph
  private var adjacency: Tensor { graph.normalizedAdjacency.matmul(Tensor.identity(4)) }
  /// Rows (0, 2), (1, 0), (0, 0), (3, 4).
  private let features = SparseMatrix(
    rowStarts: [0, 1, 2, 2, 4], columnIndices: [1, 0, 0, 1], values: [2, 1, 3, 4], columns: 2)
  private let dense = Tensor([Float(0), 2, 1, 0, 0, 0, 3, 4], shape: [4, 2])

  init() throws { graph = try .undirected(nodes: 4, edges: [(0, 1), (1, 2)]) }

  @Test("The output is computed by hand on a path and a lone node") func byHand() {
    let store = ParameterStore(seed: 1)
    let layer = GraphConv(store.root, 2, 1)
    store.tensors["weight"]!.copy(from: Tensor([Float(1), 10], shape: [2, 1]))
    store.tensors["bias"]!.copy(from: Tensor([Float(0.5)]))
    // X W is 20, 1, 0, 43; rows of the matrix: (1/2, 1/√6), (1/√6, 1/3, 1/√6), (1/√6, 1/2), and 1 of the lone node.
    let root = Float(6).squareRoot()
    let expected = Tensor([10 + 1 / root, 20 / root + Float(1) / 3, 1 / root, 43], shape: [4, 1]) + 0.5
    #expect(layer(dense, graph, evaluationPass()).maximumDifference(from: expected) < 1e-5)
    #expect(layer(features, graph, evaluationPass()).maximumDifference(from: expected) < 1e-5)
  }

  @Test("Sparse and dense features give the same output and gradients") func sparse() {
    let store = ParameterStore(seed: 1)
    let layer = GraphConv(store.root, 2, 3)
    #expect(
      layer(features, graph, evaluationPass()).maximumDifference(from: layer(dense, graph, evaluationPass()))
        < 1e-6)
    let parameters = store.parameters.map(\.tensor)
    let weights = RandomGenerator(seed: 4).normal([4, 3])
    let (x, y) = (
      gradients(of: [(layer(features, graph, evaluationPass()) * weights).sum()], for: parameters),
      gradients(of: [(layer(dense, graph, evaluationPass()) * weights).sum()], for: parameters)
    )
    for (x, y) in zip(x, y) { #expect(x!.maximumDifference(from: y!) < 1e-5) }
  }

  @Test("Gradients agree with differences, by the input too") func gradientsByDifferences() {
    let store = ParameterStore(seed: 1)
    let layer = GraphConv(store.root, 2, 3)
    let input = dense.cloned().requiringGradient()
    let leaves = [input] + store.parameters.map(\.tensor)
    #expect(
      checkGradients(by: leaves, step: 1e-2, tolerance: 2e-3) { layer(input, graph, evaluationPass()) } == [])
    let own = store.parameters.map(\.tensor)
    #expect(
      checkGradients(by: own, step: 1e-2, tolerance: 2e-3) { layer(features, graph, evaluationPass()) } == [])
  }

  @Test("The weight starts Glorot uniform and the bias zero") func start() {
    let store = ParameterStore(seed: 1)
    _ = GraphConv(store.root / "conv", 300, 100)
    #expect(store.parameters.map(\.path) == ["conv/weight", "conv/bias"])
    let weight = store.tensors["conv/weight"]!
    let bound = (6.0 / 400).squareRoot()
    #expect(weight.shape == [300, 100] && weight.abs().max().item <= bound)
    #expect(abs(weight.square().mean().item - bound * bound / 3) < 0.02 * bound * bound)
    #expect(store.tensors["conv/bias"]!.abs().max().item == 0)
  }

  @Test("The network's DFA gradients are those of the closed form") func closedForm() throws {
    let store = ParameterStore(seed: 1)
    var settings = GraphConvNetwork.Settings()
    (settings.hidden, settings.dropout) = (5, 0)
    let network = GraphConvNetwork(store.root, settings, features: 2, classes: 3)
    let classes = Tensor([0, 2, 1, 1])
    let method = DirectFeedbackAlignment(seed: 9)
    let feedback = RandomGenerator(seed: 7).normal([3, 5])
    method.setMatrix(feedback, for: "logits")
    let step = method.step(store.parameters, generator: RandomGenerator(seed: 1)) { pass in
      network(features, graph, pass).crossEntropy(classes)
    }
    let t = store.tensors.mapValues { $0.detached() }
    let smoothed = adjacency.matmul(dense)
    let a1 = smoothed.matmul(t["conv1/weight"]!) + t["conv1/bias"]!
    let h = a1.relu()
    let logits = (adjacency.matmul(h.matmul(t["conv2/weight"]!)) + t["conv2/bias"]!).cloned()
      .requiringGradient()
    let error = try #require(gradients(of: [logits.crossEntropy(classes)], for: [logits])[0])
    let signal = error.matmul(feedback) * (a1 .> 0).to(.float32)
    let expected = [
      "conv2/weight": h.transposed().matmul(adjacency.matmul(error)), "conv2/bias": error.sum(0),
      "conv1/weight": smoothed.transposed().matmul(signal), "conv1/bias": signal.sum(0),
    ]
    for (path, gradient) in expected {
      #expect(try #require(step.gradients[path]).maximumDifference(from: gradient) < 1e-6, "\(path)")
    }
  }
}
