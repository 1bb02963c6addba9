import Torch
import Training

/// Nodes and their classes.
public struct LabelledNodes: CapturableBatch, Sendable {
  /// Their numbers.
  ///
  /// **Shape** `[n]`, `int64`
  let nodes: Tensor
  /// Their classes.
  ///
  /// **Shape** `[n]`, `int64`
  let labels: Tensor

  init(_ nodes: [Int], of labels: [Int], device: Device) {
    self.nodes = Tensor(nodes).to(device)
    self.labels = Tensor(nodes.map { labels[$0] }).to(device)
  }

  /// The nodes whose class is known.
  init(allOf labels: [Int], device: Device) {
    self.init(labels.indices.filter { labels[$0] >= 0 }, of: labels, device: device)
  }

  private init(nodes: Tensor, labels: Tensor) {
    self.nodes = nodes
    self.labels = labels
  }

  /// The numbers and the classes.
  public var tensors: [Tensor] { [nodes, labels] }

  /// Other nodes.
  public func replacing(_ tensors: [Tensor]) -> LabelledNodes {
    LabelledNodes(nodes: tensors[0], labels: tensors[1])
  }
}

/// A graph with labelled nodes on a device, such as a citation network, ready for training.
struct CitationNetwork {
  /// **Shape** `[N, F]`
  let features: SparseMatrix
  let graph: Graph
  let classes: Int
  let training: LabelledNodes
  let validation: LabelledNodes
  let test: LabelledNodes
  /// All nodes whose class is known.
  let all: LabelledNodes

  init(_ configuration: NodeClassificationConfiguration, _ environment: TaskEnvironment) throws {
    let data = try configuration.dataset.read(from: environment.datasets)
    let source = configuration.dataset.description
    guard data.classes >= 2 else { throw NodeSplitError.tooFewClasses(source, data.classes) }
    let device = environment.device
    features = data.featureMatrix(isNormalized: configuration.normalizesFeatures, on: device)
    graph = try .undirected(nodes: data.nodes, edges: data.edges, device: device)
    classes = data.classes
    let split = try configuration.split.rule.split(data, seed: environment.seed, source: source)
    training = LabelledNodes(split.training, of: data.labels, device: device)
    validation = LabelledNodes(split.validation, of: data.labels, device: device)
    test = LabelledNodes(split.test, of: data.labels, device: device)
    all = LabelledNodes(allOf: data.labels, device: device)
  }
}
