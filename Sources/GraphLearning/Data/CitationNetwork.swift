import Datasets
import Torch
import Training

/// Nodes and their classes.
public struct LabelledNodes: TensorBatch, Sendable {
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

/// A citation network on a device, ready for training.
struct CitationNetwork {
  /// Row-normalised: each row is divided by its sum, or by 1 where that is less (PyTorch Geometric's
  /// NormalizeFeatures).
  ///
  /// **Shape** `[N, F]`
  let features: SparseMatrix
  let graph: Graph
  let classes: Int
  let training: LabelledNodes
  let validation: LabelledNodes
  let test: LabelledNodes
  /// All nodes whose class is known.
  let all: LabelledNodes

  init(_ dataset: Dataset, _ environment: TaskEnvironment) throws {
    let data = try PlanetoidReader.read(dataset, from: environment.datasets)
    let device = environment.device
    var values = data.features.values
    for node in 0..<data.nodes {
      let row = data.features.elements(ofRow: node)
      let sum = values[row].reduce(0, +)
      for element in row { values[element] /= max(sum, 1) }
    }
    features = SparseMatrix(
      rowStarts: data.features.rowStarts, columnIndices: data.features.columnIndices, values: values,
      columns: data.features.columns, device: device)
    graph = Graph(nodes: data.nodes, edges: data.edges, device: device)
    classes = data.classes
    training = LabelledNodes(data.trainingNodes, of: data.labels, device: device)
    validation = LabelledNodes(data.validationNodes, of: data.labels, device: device)
    test = LabelledNodes(data.testNodes, of: data.labels, device: device)
    all = LabelledNodes(data.labels.indices.filter { data.labels[$0] >= 0 }, of: data.labels, device: device)
  }
}
