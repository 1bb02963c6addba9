import GraphLearning
import Networks
import TestSupport
import Testing
import Torch

@Suite("Layers of graph networks") struct GraphLayerTests {
  private let graph: Graph
  private let features = Tensor(
    [Float(0), 2, 1, 1, 0, 0, 0, 0, 0, 3, 4, 0, -1, 0, 2], shape: [5, 3])

  init() throws { graph = try directedGraph() }

  @Test("Graph convolutions keep what layers must keep") func graphConv() {
    let graph = graph
    let violations = checkLayer(
      inputShape: [5, 3], outputShape: [5, 2], parameters: ["weight", "bias"]
    ) { scope in
      let layer = GraphConv(scope, 3, 2)
      return FunctionLayer { x, pass in layer(x, graph, pass) }
    }
    #expect(violations == [])
  }

  @Test("Chebyshev convolutions keep what layers must keep", arguments: 1...4) func chebConv(_ terms: Int) {
    let graph = graph
    let violations = checkLayer(
      inputShape: [5, 3], outputShape: [5, 2], parameters: ["weight", "bias"]
    ) { scope in
      let layer = ChebConv(scope, 3, 2, terms: terms)
      return FunctionLayer { x, pass in layer(x, graph, pass) }
    }
    #expect(violations == [])
  }

  @Test(
    "Spline convolutions keep what layers must keep",
    arguments: [([2], 1), ([3, 4], 2), ([5], 3), ([2, 2, 2], 1)])
  func splineConv(_ sizes: [Int], _ degree: Int) throws {
    let kernel = SplineKernel(sizes: sizes, degree: degree)
    let values = RandomGenerator(seed: 3).uniform([graph.edges * sizes.count]).scalars(Float.self)
    let splines = kernel.matrix(
      graph, try PseudoCoordinates(values, dimensions: sizes.count, of: graph))
    let violations = checkLayer(
      inputShape: [5, 3], outputShape: [5, 2], parameters: ["weight", "root", "bias"]
    ) { scope in
      let layer = SplineConv(scope, 3, 2, kernel: kernel)
      return FunctionLayer { x, pass in layer(x, splines, pass) }
    }
    #expect(violations == [])
  }

  @Test("Graph attention keeps what layers must keep", arguments: [0, 0.3], [true, false])
  func gatConv(_ dropout: Double, _ isConcatenated: Bool) {
    let graph = graph
    let violations = checkLayer(
      inputShape: [5, 3], outputShape: [5, isConcatenated ? 4 : 2],
      parameters: ["weight", "source", "target", "bias"]
    ) { scope in
      let layer = GATConv(
        scope, 3, 2, heads: 2, isConcatenated ? .concatenated : .averaged, attentionDropout: dropout)
      return FunctionLayer { x, pass in layer(x, graph, pass) }
    }
    #expect(violations == [])
  }

  @Test("Dynamic neighbourhood aggregation keeps what layers must keep", arguments: [0, 0.3], [1, 3])
  func dnaConv(_ dropout: Double, _ layers: Int) {
    let graph = graph
    let names = ["query", "key", "value"].flatMap { ["\($0)/weight", "\($0)/bias"] }
    let violations = checkLayer(inputShape: [5, layers, 4], outputShape: [5, 4], parameters: names) { scope in
      let layer = DNAConv(scope, 4, heads: 2, groups: 2, attentionDropout: dropout)
      return FunctionLayer { x, pass in layer(x, graph, pass) }
    }
    #expect(violations == [])
  }

  @Test("Grouped projections keep what layers must keep, and groups do not mix") func groupedLinear() {
    let violations = checkLayer(
      inputShape: [3, 2, 4], outputShape: [3, 2, 4], parameters: ["weight", "bias"]
    ) { GroupedLinear($0, 4, groups: 2) }
    #expect(violations == [])
    let layer = GroupedLinear(ParameterStore(seed: 1).root, 4, groups: 2)
    let difference =
      layer(Tensor([Float(1), 2, 3, 4]), evaluationPass())
      - layer(Tensor([Float(1), 2, 5, 6]), evaluationPass())
    #expect(difference.narrowed(0, start: 0, length: 2).abs().max().item == 0)
  }

  @Test("Sparse features give the output of dense ones in every layer") func sparseFeatures() {
    let store = ParameterStore(seed: 1)
    let cheb = ChebConv(store.root / "cheb", 3, 2, terms: 3)
    let kernel = SplineKernel(sizes: [3])
    let spline = SplineConv(store.root / "spline", 3, 2, kernel: kernel)
    let splines = kernel.matrix(graph, PseudoCoordinates(targetInDegreesOf: graph))
    let gat = GATConv(store.root / "gat", 3, 2, heads: 2)
    let (x, pass) = (sparse(features), evaluationPass())
    #expect(cheb(x, graph, pass).maximumDifference(from: cheb(features, graph, pass)) < 1e-5)
    #expect(spline(x, splines, pass).maximumDifference(from: spline(features, splines, pass)) < 1e-5)
    #expect(gat(x, graph, pass).maximumDifference(from: gat(features, graph, pass)) < 1e-5)
  }

  @Test("Without edges a node sees itself alone") func noEdges() throws {
    let lone = try Graph(nodes: 5, sources: [], targets: [])
    let pass = evaluationPass()
    let store = ParameterStore(seed: 1)
    let cheb = ChebConv(store.root / "cheb", 3, 2, terms: 2)
    let first = try #require(store.tensors["cheb/weight"]).selected(0, 0)
    #expect(cheb(features, lone, pass).maximumDifference(from: features.matmul(first)) < 1e-6)
    let kernel = SplineKernel(sizes: [2])
    let spline = SplineConv(store.root / "spline", 3, 2, kernel: kernel)
    let splines = kernel.matrix(lone, PseudoCoordinates(targetInDegreesOf: lone))
    let root = try #require(store.tensors["spline/root"])
    #expect(spline(features, splines, pass).maximumDifference(from: features.matmul(root)) < 1e-6)
    let gat = GATConv(store.root / "gat", 3, 2, heads: 2)
    let weight = try #require(store.tensors["gat/weight"])
    #expect(gat(features, lone, pass).maximumDifference(from: features.matmul(weight)) < 1e-6)
    let dna = DNAConv(store.root / "dna", 4, heads: 2, groups: 2)
    #expect(dna(.ones([5, 1, 4]), lone, pass).isAllFinite)
  }

  @Test("The number of a self loop in the graph does not matter to attention") func selfLoops() throws {
    let with = try Graph(nodes: 3, sources: [0, 1, 2, 2], targets: [1, 1, 0, 2])
    let without = try Graph(nodes: 3, sources: [0, 2], targets: [1, 0])
    let layer = GATConv(ParameterStore(seed: 1).root, 3, 2, heads: 2)
    let x = features.narrowed(0, start: 0, length: 3)
    #expect(layer(x, with, evaluationPass()).equals(layer(x, without, evaluationPass())))
  }

  @Test("First values have the bounds of PyTorch Geometric") func starts() throws {
    let store = ParameterStore(seed: 1)
    _ = ChebConv(store.root / "cheb", 300, 100, terms: 2)
    _ = SplineConv(store.root / "spline", 300, 100, kernel: SplineKernel(sizes: [2]))
    _ = GATConv(store.root / "gat", 300, 50, heads: 8)
    _ = GroupedLinear(store.root / "grouped", 320, groups: 16)
    let bounds = [
      "cheb/weight": (6.0 / 400).squareRoot(), "spline/weight": 1 / 600.0.squareRoot(),
      "spline/root": 1 / 600.0.squareRoot(), "gat/weight": (6.0 / 700).squareRoot(),
      "gat/source": (6.0 / 58).squareRoot(), "gat/target": (6.0 / 58).squareRoot(),
      "grouped/weight": 1 / 20.0.squareRoot(), "grouped/bias": 1 / 20.0.squareRoot(),
    ]
    for (path, tensor) in store.tensors {
      let largest = tensor.abs().max().item
      let bound = bounds[path] ?? 0
      #expect(largest <= bound && largest >= 0.97 * bound, "\(path): \(largest) of \(bound)")
    }
  }

  @Test("Sizes that make no layer end the program, and say why", arguments: Misuse.allCases)
  func misuse(_ misuse: Misuse) async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [misuse] in
      let root = ParameterStore(seed: 1).root
      switch misuse {
      case .terms: _ = ChebConv(root, 3, 2, terms: 0)
      case .heads: _ = DNAConv(root, 6, heads: 4, groups: 2)
      case .groups: _ = GroupedLinear(root, 6, groups: 4)
      case .kernel: _ = SplineKernel(sizes: [2], degree: 2)
      case .pairs: _ = NodePairs(sources: [1], targets: [])
      }
    }
    let message = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(message.contains(misuse.message), "\(message)")
  }
}

/// What cannot be made.
enum Misuse: String, CaseIterable, Codable, Sendable {
  case terms, heads, groups, kernel, pairs

  var message: String {
    switch self {
    case .terms: "at least 1 term"
    case .heads: "6 features cannot be shared by 4 heads"
    case .groups: "6 features cannot be split into 4 groups"
    case .kernel: "kernel sizes [2] are too small for splines of degree 2"
    case .pairs: "1 sources and 0 targets make no pairs"
    }
  }
}
