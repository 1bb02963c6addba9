import GraphLearning
import Networks
import TestSupport
import Testing
import Torch

@Suite("Graph layers beside PyTorch Geometric") struct GoldenLayerTests {
  @Test("The golden values are there") func present() {
    #expect(Set(GoldenLayer.all.map(\.name)) == ["gcn", "cheb", "spline", "gat", "dna"])
    #expect(GoldenLayer.all.count == 16)
  }

  @Test("Outputs and gradients agree on a directed graph", arguments: GoldenLayer.all)
  func agrees(_ golden: GoldenLayer) throws {
    let store = ParameterStore(seed: 1)
    let layer = try layer(golden, store.root)
    #expect(store.parameters.map(\.path).sorted() == golden.parameters.keys.sorted())
    for parameter in store.parameters {
      let values = try #require(golden.parameters[parameter.path])
      parameter.tensor.copy(from: Tensor(values, shape: parameter.tensor.shape))
    }
    let x = Tensor(golden.input, shape: golden.shape).requiringGradient()
    let y = layer(x)
    #expect(y.maximumDifference(from: Tensor(golden.output, shape: golden.outputShape)) < 1e-5)
    let weights = Tensor(golden.weights, shape: golden.outputShape)
    let found = gradients(of: [y], with: [weights], for: [x] + store.parameters.map(\.tensor))
    let input = try #require(found[0])
    #expect(input.maximumDifference(from: Tensor(golden.inputGradient, shape: golden.shape)) < 1e-5)
    for (parameter, gradient) in zip(store.parameters, found.dropFirst()) {
      let expected = try #require(golden.gradients[parameter.path])
      let shape = parameter.tensor.shape
      let difference = try #require(gradient).maximumDifference(from: Tensor(expected, shape: shape))
      #expect(difference < 1e-5, "\(parameter.path)")
    }
  }

  private func layer(_ golden: GoldenLayer, _ scope: Scope) throws -> (Tensor) -> Tensor {
    let (graph, settings) = (try GoldenLayer.graph(), golden.settings)
    let (inputs, pass) = (golden.shape[golden.shape.count - 1], evaluationPass())
    switch golden.name {
    case "gcn":
      let layer = GraphConv(scope, inputs, 2)
      return { layer($0, graph, pass) }
    case "cheb":
      let layer = ChebConv(
        scope, inputs, 2, terms: try #require(settings.terms),
        largestEigenvalue: try #require(settings.largestEigenvalue))
      return { layer($0, graph, pass) }
    case "spline":
      let kernel = SplineKernel(
        sizes: try #require(settings.sizes), degree: try #require(settings.degree),
        isOpen: settings.isOpen)
      let coordinates = try PseudoCoordinates(
        try #require(settings.coordinates), dimensions: kernel.sizes.count, of: graph)
      let layer = SplineConv(scope, inputs, 2, kernel: kernel)
      return { layer($0, kernel.matrix(graph, coordinates), pass) }
    case "gat":
      let layer = GATConv(
        scope, inputs, 2, heads: try #require(settings.heads),
        settings.concatenated == true ? .concatenated : .averaged)
      return { layer($0, graph, pass) }
    default:
      let layer = DNAConv(
        scope, inputs, heads: try #require(settings.heads), groups: try #require(settings.groups))
      return { layer($0, graph, pass) }
    }
  }
}
