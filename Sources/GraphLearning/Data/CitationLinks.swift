import Basics
import Networks
import Torch
import Training

/// A graph on a device, such as a citation network, some of whose links are hidden from the training.
struct CitationLinks {
  /// **Shape** `[N, F]`
  let features: SparseMatrix
  /// The links that are trained on, in both directions.
  let graph: Graph
  /// The same links, each once.
  ///
  /// **Shape** `[2, P]`, `int64`
  let training: Tensor
  let validation: EdgeBatch
  let test: EdgeBatch
  /// All nodes whose class is known.
  let labelled: LabelledNodes
  private let nonEdges: NonEdges
  private let seed: UInt64

  init(_ configuration: GraphAutoencoderConfiguration, _ environment: TaskEnvironment) throws {
    let data = try configuration.dataset.read(from: environment.datasets)
    let device = environment.device
    features = data.featureMatrix(isNormalized: configuration.normalizesFeatures, on: device)
    let split = try EdgeSplit(
      of: .undirected(nodes: data.nodes, edges: data.edges), validation: configuration.validationShare,
      test: configuration.testShare, seed: environment.seed)
    let pairs = zip(split.training.sources, split.training.targets).map { ($0, $1) }
    graph = try .undirected(nodes: data.nodes, edges: pairs, device: device)
    training = split.training.tensor(on: device)
    validation = EdgeBatch(
      edges: split.validation.tensor(on: device), nonEdges: split.validationNegatives.tensor(on: device))
    test = EdgeBatch(edges: split.test.tensor(on: device), nonEdges: split.testNegatives.tensor(on: device))
    labelled = LabelledNodes(allOf: data.labels, device: device)
    nonEdges = NonEdges(of: graph, .all)
    seed = environment.seed
  }

  /// The links that are trained on with as many pairs that none of them joins as they have directions, drawn from
  /// the run's seed and the label alone.
  func batch(_ label: String) throws -> EdgeBatch {
    let generator = RandomGenerator(seed: derivedSeed(seed, "negatives/\(label)"))
    let negatives = try nonEdges.sample(graph.edges, generator)
    return EdgeBatch(edges: training, nonEdges: negatives.tensor(on: graph.device))
  }
}
