import DirectFeedback
import GraphLearning
import Reports
import Torch

/// A random graph without direction, of any size, with random features and classes of its nodes: a tenth of the
/// nodes is trained on, a tenth validates and a tenth tests.
package struct RandomGraph: Sendable {
  /// Where it lies.
  package let device: Device
  /// Pairs of nodes with an edge in both directions.
  package let edges: Int
  /// An edge in each direction for each pair.
  package let graph: Graph
  /// Normal numbers.
  ///
  /// **Shape** `[N, F]`
  let features: Tensor
  let classes: Int
  private let training, validation, test: Tensor
  private let trainingLabels, validationLabels, testLabels: Tensor

  /// A graph, and the matrix that graph convolutions multiply with.
  /// - Parameters:
  ///   - nodes: How many nodes; at least 10, so that every tenth has one.
  ///   - edges: How many pairs of nodes; from 1 to ``maximumEdgeCount(nodes:)``.
  ///   - features: How many features a node has.
  ///   - classes: How many classes there are.
  ///   - seed: What everything is drawn from.
  ///   - device: Where tensors are to lie.
  /// - Throws: `GraphError` when there are more nodes or edges than a graph can have.
  package init(
    nodes: Int, edges: Int, features: Int, classes: Int, seed: UInt64, device: Device = .cpu
  ) throws {
    self.device = device
    self.edges = edges
    self.classes = classes
    graph = try .undirected(
      nodes: nodes, edges: RandomGraph.pairs(nodes: nodes, count: edges, seed: seed), device: device)
    _ = graph.normalizedAdjacency
    let generator = RandomGenerator(seed: seed, device: device)
    self.features = generator.normal([nodes, features])
    let labels = (generator.uniform([nodes]) * Double(classes)).floor().to(.int64)
    let order = generator.permutation(nodes)
    let tenth = nodes / 10
    training = order.narrowed(0, start: 0, length: tenth)
    validation = order.narrowed(0, start: tenth, length: tenth)
    test = order.narrowed(0, start: 2 * tenth, length: tenth)
    trainingLabels = labels.gathered(0, training)
    validationLabels = labels.gathered(0, validation)
    testLabels = labels.gathered(0, test)
  }

  /// The most pairs that can be asked for: half of all there are, beyond which drawing them one after the other
  /// would take long.
  package static func maximumEdgeCount(nodes: Int) -> Int { nodes * (nodes - 1) / 4 }

  /// Different pairs of different nodes, the lower one first, in increasing order; all sets of that many pairs are
  /// equally likely.
  package static func pairs(nodes: Int, count: Int, seed: UInt64) -> [(Int32, Int32)] {
    var generator = SeededGenerator(seed: seed)
    let bound = UInt64(nodes)
    func node() -> UInt64 { bound.multipliedFullWidth(by: generator.next()).high }
    var codes: [UInt64] = []
    codes.reserveCapacity(count)
    // Whoever occurs twice is drawn again, as often as it takes; in a sparse graph there are few.
    while codes.count < count {
      for _ in codes.count..<count {
        var (first, second) = (node(), node())
        while first == second { (first, second) = (node(), node()) }
        codes.append(min(first, second) * bound + max(first, second))
      }
      codes.sort()
      var kept = 0
      for (place, code) in codes.enumerated() where place == 0 || code != codes[kept - 1] {
        codes[kept] = code
        kept += 1
      }
      codes.removeLast(codes.count - kept)
    }
    return codes.map { (Int32($0 / bound), Int32($0 % bound)) }
  }

  /// The mean cross-entropy of the training nodes.
  func loss(_ logits: Tensor) -> Tensor { logits.gathered(0, training).crossEntropy(trainingLabels) }

  /// Reads what the task on citation networks reads: validation accuracy, validation loss and test accuracy.
  func evaluate(_ logits: Tensor) {
    let rows = logits.gathered(0, validation)
    _ = accuracy(rows, validationLabels)
    _ = rows.crossEntropy(validationLabels).item
    _ = accuracy(logits.gathered(0, test), testLabels)
  }
}

extension Contestant {
  /// A graph convolutional network with the settings of the 2020 paper, but for its size, on a random graph.
  init(_ graph: RandomGraph, hidden: Int, _ method: BenchmarkMethod) throws {
    let store = ParameterStore(seed: 0, device: graph.device)
    var settings = GraphConvNetwork.Settings()
    (settings.hidden, settings.dropout) = (hidden, 0.5)
    let network = GraphConvNetwork(
      store.root, settings, features: graph.features.shape[1], classes: graph.classes)
    let optimizer = OptimizerConfiguration(Adam(), learningRate: 0.01, weightDecay: 5e-4)
    var training = TrainingConfiguration(epochs: 1)
    method.apply(to: &training)
    let stepper = try TrainingStepper(
      store, method: method.name.make(FeedbackConfiguration(), seed: 0),
      optimizer: optimizer.make(store.parameters),
      configuration: training, generator: RandomGenerator(seed: 2, device: graph.device))
    try self.init(
      store, stepper, rate: optimizer.learningRate, batch: { _ in FixedBatch() },
      loss: { graph.loss(network(graph.features, graph.graph, $1)) },
      evaluation: { graph.evaluate(network(graph.features, graph.graph, $0)) })
  }
}
