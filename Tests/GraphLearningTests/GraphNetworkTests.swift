import FeedbackAlignment
import GraphLearning
import Networks
import TestSupport
import Testing
import Torch

@Suite("Networks on graphs") struct GraphNetworkTests {
  private static let features = sparse(
    RandomGenerator(seed: 3).normal([12, 6])
      * (RandomGenerator(seed: 4).uniform([12, 6]) .< 0.5).to(.float32))
  private static let classes = Tensor((0..<12).map { $0 % 3 })

  /// A ring of twelve nodes with chords, built for each network.
  private static func ring() -> Graph? {
    try? Graph.undirected(
      nodes: 12, edges: (0..<12).map { (Int32($0), Int32(($0 + 1) % 12)) } + [(0, 5), (3, 9), (2, 7)])
  }

  private static func toy(_ name: String, _ settings: some NodeModelSettings) -> ToyNetwork {
    ToyNetwork(name) { scope in
      guard let graph = ring() else { preconditionFailure("the ring is no graph") }
      let network = settings.makeModel(scope, features: 6, classes: 3)
      return { network(features, graph, $0).crossEntropy(classes) }
    }
  }

  static let networks =
    twoLayerNetworks(.logits) + twoLayerNetworks(.products) + twoLayerNetworks(.logits, hops: 2) + [
      toy("dna", dna(dropout: 0.1)), toy("dna, diffused", dna(dropout: 0.1, hops: 2)),
    ]

  private static func dna(layers: Int = 2, dropout: Double = 0, hops: Int = 0) -> DNAConvNetwork.Settings {
    var settings = DNAConvNetwork.Settings()
    (settings.hidden, settings.layers, settings.heads, settings.groups) = (8, layers, 2, 2)
    (settings.dropout, settings.attentionDropout, settings.errorHops) = (dropout, dropout, hops)
    return settings
  }

  private static func twoLayerNetworks(_ place: ErrorPlace, hops: Int = 0, dropout: Double = 0.1)
    -> [ToyNetwork]
  {
    func network<Settings: TwoLayerSettings>(
      _ settings: Settings, _ change: (inout Settings) -> Void
    ) -> ToyNetwork {
      var settings = settings
      (settings.hidden, settings.inputDropout, settings.dropout) = (8, 0, dropout)
      (settings.errorPlace, settings.errorHops) = (place, hops)
      change(&settings)
      return toy("\(Settings.name), \(place), hops \(hops)", settings)
    }
    return [
      network(GraphConvNetwork.Settings()) { $0.inputDropout = dropout },
      network(ChebConvNetwork.Settings()) { $0.terms = 3 },
      network(SplineConvNetwork.Settings()) { $0.inputDropout = dropout },
      network(GATConvNetwork.Settings()) {
        ($0.hidden, $0.heads) = (4, 2)
        ($0.attentionDropout, $0.outputAttentionDropout) = (dropout, dropout)
      },
    ]
  }

  static let autoencoder = ToyNetwork("autoencoder") { scope in
    guard let graph = ring() else { preconditionFailure("the ring is no graph") }
    var settings = GraphAutoencoder.Settings()
    (settings.hidden, settings.latent, settings.inputDropout, settings.dropout) = (8, 4, 0.1, 0.1)
    let network = GraphAutoencoder(scope, settings, features: 6)
    let edges = NodePairs(sources: [0, 4, 3], targets: [1, 5, 9]).tensor(on: .cpu)
    let nonEdges = NodePairs(sources: [0, 2, 11, 6], targets: [2, 9, 3, 1]).tensor(on: .cpu)
    return {
      GraphAutoencoder.loss(network.encode(features, graph, $0), edges: edges, nonEdges: nonEdges)
    }
  }

  @Test(
    "Every network keeps what methods must keep", arguments: networks + [autoencoder], MethodName.allCases)
  func conforms(_ network: ToyNetwork, _ method: MethodName) {
    let violations = checkMethod(
      network, trainsBelowPoints: method.row.trainsBelowPoints, mayRaiseLoss: method.row.mayRaiseLoss
    ) {
      method.make(FeedbackConfiguration(), seed: 2)
    }
    #expect(violations == [])
  }

  @Test(
    "With the last layer's weights as feedback, DFA is BP where the error is read at the products, not at the logits",
    arguments: zip(twoLayerNetworks(.products, dropout: 0), twoLayerNetworks(.logits, dropout: 0)))
  func transposedWeights(_ products: ToyNetwork, _ logits: ToyNetwork) throws {
    func difference(_ network: ToyNetwork, _ output: String, _ matrix: (Tensor) -> Tensor) throws -> Double {
      let model = ToyModel(network)
      let weight = try #require(model.store.tensors["conv2/weight"]).detached()
      var weights = weight.rank == 3 ? weight : weight.unsqueezed(0)
      if let root = model.store.tensors["conv2/root"] {
        weights = .concatenated([weights, root.detached().unsqueezed(0)])
      }
      let method = DirectFeedbackAlignment(seed: 2)
      method.setMatrix(matrix(weights.permuted([0, 2, 1])), for: output)
      let found = model.step(method).gradients
      let expected = ToyModel(network).step(Backpropagation()).gradients
      return try model.store.parameters.map {
        try #require(found[$0.path]).maximumDifference(from: try #require(expected[$0.path]))
      }.max() ?? .infinity
    }
    #expect(try difference(products, "products") { $0.reshaped([-1, 8]) } < 1e-6)
    #expect(try difference(logits, "logits") { $0.selected(0, 0) } > 1e-3)
  }

  @Test("Replay gives the gradients of the whole graph", arguments: networks + [autoencoder]) func replay(
    _ network: ToyNetwork
  ) {
    #expect(checkReplay(network) == [])
  }

  @Test(
    "Dynamic neighbourhood aggregation has a point for each layer, which learns from its own signal alone")
  func dnaPoints() throws {
    let store = ParameterStore(seed: 1)
    let graph = try #require(GraphNetworkTests.ring())
    let network = DNAConvNetwork(store.root, Self.dna(layers: 5), features: 6, classes: 3)
    /// The gradients when every layer but one of the feedback's receives nothing.
    func step(_ feedback: Tensor) -> Gradients {
      let method = DirectFeedbackAlignment(seed: 9)
      method.setMatrix(feedback, for: "logits")
      return method.step(store.parameters, generator: RandomGenerator(seed: 1)) { pass in
        network(GraphNetworkTests.features, graph, pass).crossEntropy(GraphNetworkTests.classes)
      }.gradients
    }
    // Without feedback nothing below the last point has a gradient, though every layer sees the earlier ones.
    let none = step(.zeros([3, 8]))
    for parameter in store.parameters {
      let gradient = try #require(none[parameter.path])
      #expect((gradient.abs().max().item == 0) == !parameter.path.hasPrefix("lin2/"), "\(parameter.path)")
    }
    let some = step(RandomGenerator(seed: 7).normal([3, 8]))
    for path in ["lin1/weight"] + (1...5).map({ "conv\($0)/value/weight" }) {
      #expect(try #require(some[path]).abs().max().item > 0, "\(path)")
    }
  }

  @Test("Every point of every network has an alignment, diffused errors too", arguments: networks)
  func alignment(_ network: ToyNetwork) {
    let model = ToyModel(network)
    let alignment = AlignmentProbe.measure(
      DirectFeedbackAlignment(seed: 2), generator: RandomGenerator(seed: 1)
    ) { model.loss($0) }
    #expect(!alignment.isEmpty && alignment.allSatisfy { $0.rows > 0 }, "\(alignment)")
  }

  @Test("For graph convolutions the error diffused over one edge is that at the products")
  func diffusedToProducts() throws {
    let matrix = RandomGenerator(seed: 7).normal([3, 8])
    func gradients(_ network: ToyNetwork, _ output: String) -> [Tensor?] {
      let method = DirectFeedbackAlignment(seed: 2)
      method.setMatrix(matrix, for: output)
      return ToyModel(network).step(method).gradients.tensors
    }
    let products = gradients(Self.twoLayerNetworks(.products)[0], "products")
    let diffused = gradients(Self.twoLayerNetworks(.logits, hops: 1)[0], "spreadError")
    for (x, y) in zip(products, diffused) {
      #expect(try #require(x).maximumDifference(from: try #require(y)) < 1e-6)
    }
  }

  @Test("Diffused over two edges, the error reaches layers as Â² e, and changes nothing else") func diffused()
    throws
  {
    let graph = try #require(GraphNetworkTests.ring())
    let store = ParameterStore(seed: 1)
    let network = DNAConvNetwork(store.root, Self.dna(hops: 2), features: 6, classes: 3)
    let plain = DNAConvNetwork(ParameterStore(seed: 1).root, Self.dna(), features: 6, classes: 3)
    let (features, labelled) = (GraphNetworkTests.features, Tensor([Int64(1), 6]))
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 1))
    let logits = network(features, graph, pass).detached()
    #expect(logits.maximumDifference(from: plain(features, graph, pass)) == 0)

    let matrix = RandomGenerator(seed: 7).normal([3, 8])
    let method = DirectFeedbackAlignment(seed: 9)
    method.setMatrix(matrix, for: "spreadError")
    let found = method.step(store.parameters, generator: RandomGenerator(seed: 1)) { pass in
      network(features, graph, pass).gathered(0, labelled)
        .crossEntropy(GraphNetworkTests.classes.gathered(0, labelled))
    }.gradients
    let rows =
      logits.gathered(0, labelled).softmax()
      - GraphNetworkTests.classes.gathered(0, labelled).oneHot(classes: 3).to(.float32)
    let error = Tensor.zeros([12, 3]).addingEntries(0, at: labelled, of: rows / 2)
    let adjacency = graph.normalizedAdjacency
    let weight = try #require(store.tensors["lin1/weight"]).detached()
    let bias = try #require(store.tensors["lin1/bias"]).detached()
    let active = (features.matmul(weight.transposed()) + bias) .> 0
    let signal = adjacency.matmul(adjacency.matmul(error)).matmul(matrix) * active.to(.float32)
    let gradient = try #require(found["lin1/bias"])
    #expect(gradient.maximumDifference(from: signal.sum(0)) < 1e-6)
    #expect(gradient.abs().max().item > 1e-3)
  }

  @Test("Read after log softmax, the error does not depend on the prediction") func published() throws {
    let graph = try #require(GraphNetworkTests.ring())
    func gradient(_ readsErrorAfterLogSoftmax: Bool, headScale: Double) throws -> Tensor {
      let store = ParameterStore(seed: 1)
      var settings = Self.dna(layers: 1)
      settings.readsErrorAfterLogSoftmax = readsErrorAfterLogSoftmax
      let network = DNAConvNetwork(store.root, settings, features: 6, classes: 3)
      #expect(network.givesLogProbabilities == readsErrorAfterLogSoftmax)
      let head = try #require(store.tensors["lin2/weight"])
      head.copy(from: head.detached() * headScale)
      let step = DirectFeedbackAlignment(seed: 9).step(
        store.parameters, generator: RandomGenerator(seed: 1)
      ) { pass in
        let y = network(GraphNetworkTests.features, graph, pass)
        return readsErrorAfterLogSoftmax
          ? -y.elements(1, at: GraphNetworkTests.classes.unsqueezed(1)).mean()
          : y.crossEntropy(GraphNetworkTests.classes)
      }
      return try #require(step.gradients["lin1/weight"])
    }
    #expect(try gradient(true, headScale: 1).maximumDifference(from: gradient(true, headScale: 5)) < 1e-6)
    #expect(try gradient(false, headScale: 1).maximumDifference(from: gradient(false, headScale: 5)) > 1e-3)
  }

  @Test("A network sees the graph that it is given, whatever it saw before") func graphs() throws {
    let ring = try #require(Self.ring())
    let path = try Graph.undirected(nodes: 12, edges: (0..<11).map { (Int32($0), Int32($0 + 1)) })
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 1))
    for kind in NodeModelChoice.kinds {
      let defaults: any SettingKind = kind.init()
      let settings = try #require(NodeModelChoice(defaults)).settings
      func make() -> any NodeModel {
        settings.makeModel(ParameterStore(seed: 1).root, features: 6, classes: 3)
      }
      func output(_ network: any NodeModel, _ graph: Graph) -> Tensor { network(Self.features, graph, pass) }
      let network = make()
      let (first, second) = (output(network, ring), output(network, path))
      #expect(second.equals(output(make(), path)), "\(settings)")
      #expect(output(network, ring).equals(first) && !first.equals(second), "\(settings)")
    }
  }
}
