import FeedbackAlignment
import Foundation
import GraphLearning
import Networks
import TestSupport
import Testing
import Torch

@Suite("Graph autoencoder") struct GraphAutoencoderTests {
  private let graph: Graph
  private let features = RandomGenerator(seed: 3).normal([6, 4])
  private let edges = NodePairs(sources: [0, 1, 0, 3], targets: [1, 2, 2, 4]).tensor(on: .cpu)
  private let nonEdges = NodePairs(sources: [5, 0, 2, 5, 4], targets: [0, 5, 3, 0, 1]).tensor(on: .cpu)
  private let store = ParameterStore(seed: 1)
  private let network: GraphAutoencoder

  init() throws {
    graph = try .undirected(nodes: 6, edges: [(0, 1), (1, 2), (0, 2), (3, 4)])
    var settings = GraphAutoencoder.Settings()
    (settings.hidden, settings.latent) = (5, 3)
    network = GraphAutoencoder(store.root, settings, features: 4)
  }

  private func loss(_ pass: Pass) -> Tensor {
    GraphAutoencoder.loss(network.encode(features, graph, pass), edges: edges, nonEdges: nonEdges)
  }

  @Test("The layers have the shapes and names of the encoder") func shapes() {
    #expect(store.parameters.map(\.path) == ["conv1/weight", "conv1/bias", "conv2/weight", "conv2/bias"])
    #expect(store.parameters.map(\.tensor.shape) == [[4, 5], [5], [5, 3], [3]])
    #expect(network.encode(features, graph, evaluationPass()).shape == [6, 3])
  }

  @Test("The loss is that of the dense table of inner products, as PyTorch Geometric has it") func dense() {
    let latent = RandomGenerator(seed: 8).normal([6, 3], dtype: .float64)
    let table = latent.matmul(latent.transposed()).sigmoid().scalars(Double.self)
    func mean(_ pairs: [(Int, Int)], _ term: (Double) -> Double) -> Double {
      pairs.map { term(table[6 * $0.0 + $0.1]) }.reduce(0, +) / Double(pairs.count)
    }
    let both = [(0, 1), (1, 2), (0, 2), (3, 4)].flatMap { [($0.0, $0.1), ($0.1, $0.0)] }
    let expected =
      -mean(both) { log($0 + 1e-15) }
      - mean([(5, 0), (0, 5), (2, 3), (5, 0), (4, 1)]) { log(1 - $0 + 1e-15) }
    #expect(abs(GraphAutoencoder.loss(latent, edges: edges, nonEdges: nonEdges).item - expected) < 1e-12)
  }

  @Test("Where the sigmoid is 0 or 1 in single precision, loss and derivative are correct") func saturated()
    throws
  {
    let latent = Tensor([Float(20), 0, 20, 1, -20, 0], shape: [3, 2]).requiringGradient()
    // The edge has the logit -400, the pair without an edge 400.
    let edge = NodePairs(sources: [0], targets: [2]).tensor(on: .cpu)
    let nonEdge = NodePairs(sources: [0], targets: [1]).tensor(on: .cpu)
    let loss = GraphAutoencoder.loss(latent, edges: edge, nonEdges: nonEdge)
    #expect(loss.item == 800)
    let gradient = try #require(gradients(of: [loss], for: [latent])[0])
    #expect(gradient.scalars(Float.self) == [40, 1, 20, 0, -20, 0])
  }

  @Test("The gradient of the loss agrees with differences") func differences() {
    let latent = RandomGenerator(seed: 8).normal([6, 3]).requiringGradient()
    let violations = checkGradients(by: [latent], step: 1e-2, tolerance: 2e-3) {
      GraphAutoencoder.loss(latent, edges: edges, nonEdges: nonEdges)
    }
    #expect(violations == [])
  }

  @Test("The DFA gradients are those of the closed form, with a matrix of latent by hidden") func closedForm()
    throws
  {
    let method = DirectFeedbackAlignment(seed: 9)
    let feedback = RandomGenerator(seed: 7).normal([3, 5])
    method.setMatrix(feedback, for: "latent")
    let step = method.step(store.parameters, generator: RandomGenerator(seed: 1)) { loss($0) }
    let t = store.tensors.mapValues { $0.detached() }
    let adjacency = graph.normalizedAdjacency.matmul(Tensor.identity(6))
    let smoothed = adjacency.matmul(features)
    let a1 = smoothed.matmul(t["conv1/weight"]!) + t["conv1/bias"]!
    let h = a1.relu()
    let latent = adjacency.matmul(h.matmul(t["conv2/weight"]!)) + t["conv2/bias"]!
    // dL/dz_i is the sum over pairs with i of (σ - 1) z_j / P where there is an edge, of σ z_j / Q where none is.
    var weights = [Float](repeating: 0, count: 36)
    let sigma = latent.matmul(latent.transposed()).sigmoid().scalars(Float.self)
    for (pairs, target, share) in [(edges, Float(1), Float(4)), (nonEdges, 0, 5)] {
      let ends = pairs.scalars(Int64.self).map(Int.init)
      for (i, j) in zip(ends.prefix(ends.count / 2), ends.suffix(ends.count / 2)) {
        weights[6 * i + j] += (sigma[6 * i + j] - target) / share
        weights[6 * j + i] += (sigma[6 * i + j] - target) / share
      }
    }
    let error = Tensor(weights, shape: [6, 6]).matmul(latent)
    let signal = error.matmul(feedback) * (a1 .> 0).to(.float32)
    let expected = [
      "conv2/weight": h.transposed().matmul(adjacency.matmul(error)), "conv2/bias": error.sum(0),
      "conv1/weight": smoothed.transposed().matmul(signal), "conv1/bias": signal.sum(0),
    ]
    for (path, gradient) in expected {
      #expect(try #require(step.gradients[path]).maximumDifference(from: gradient) < 1e-6, "\(path)")
    }
  }

  @Test("The drawn feedback matrix is latent by hidden") func feedback() throws {
    let method = DirectFeedbackAlignment(seed: 9)
    _ = method.step(store.parameters, generator: RandomGenerator(seed: 1)) { loss($0) }
    #expect(method.state.keys.sorted() == ["latent"])
    #expect(try #require(method.state["latent"]).shape == [3, 5])
  }

  @Test("Shallow training leaves the first convolution as it is and trains the second truly") func shallow() {
    let generator = RandomGenerator(seed: 1)
    let shallow = ShallowTraining().step(store.parameters, generator: generator) { loss($0) }
    let whole = Backpropagation().step(store.parameters, generator: generator) { loss($0) }
    #expect(shallow.gradients["conv1/weight"] == nil && shallow.gradients["conv1/bias"] == nil)
    for path in ["conv2/weight", "conv2/bias"] {
      #expect(areEqual([shallow.gradients[path]], [whole.gradients[path]]))
    }
  }
}
