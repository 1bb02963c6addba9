import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Classification of the nodes of a citation network from few labels, on the public split.
///
/// **Source** Launay et al. 2020, section 3.2, table 3; Yang et al. 2016 for the split.
public final class NodeClassificationTask: TrainingTask {
  /// `graph`
  public static let name = "graph"
  /// What the task is.
  public static let summary =
    "classify the papers of a citation network (Cora, CiteSeer, PubMed) with graph convolutions"
  /// The configurations with a name.
  public static let presets: [Preset<GraphConfiguration>] = [
    Preset("gcn-cora", "graph convolutional network on Cora") { .gcn(.cora, $0) },
    Preset("gcn-citeseer", "graph convolutional network on CiteSeer") { .gcn(.citeseer, $0) },
    Preset("gcn-pubmed", "graph convolutional network on PubMed") { .gcn(.pubmed, $0) },
    Preset("debug", "10 epochs of gcn-citeseer, in a second") { .debug($0) },
  ]
  /// The accuracy on the 500 validation nodes.
  public static let validationMetric = Metric("validationAccuracy", higherIsBetter: true, isFraction: true)
  /// The accuracy on the 1,000 test nodes.
  public static let testMetric = Metric("testAccuracy", higherIsBetter: true, isFraction: true)

  /// The citation network.
  public static func datasets(_ configuration: GraphConfiguration) -> [Dataset] {
    [configuration.dataset.dataset]
  }

  /// The network's parameters.
  public let store: ParameterStore
  /// Weight decay acts on the first convolution.
  public let parameterGroups: [ParameterGroup]
  /// 1: every step sees the whole graph.
  public let stepsPerEpoch = 1

  private let data: CitationNetwork
  private let network: GraphConvNetwork

  /// Reads the citation network and makes the graph convolutional network.
  /// - Throws: `DataError` when the data are missing or damaged.
  public init(_ configuration: GraphConfiguration, _ environment: TaskEnvironment) throws {
    data = try CitationNetwork(configuration.dataset.dataset, environment)
    store = environment.parameterStore()
    network = GraphConvNetwork(
      store.root, features: data.features.columns, hidden: configuration.hidden, classes: data.classes,
      dropout: configuration.dropout)
    let isFirst: (Parameter) -> Bool = { $0.path.hasPrefix("conv1/") }
    parameterGroups = [
      ParameterGroup(store.parameters.filter(isFirst), weightDecay: configuration.optimizer.weightDecay),
      ParameterGroup(store.parameters.filter { !isFirst($0) }),
    ]
  }

  /// The labelled nodes; the network always sees all.
  public func batch(epoch: Int, step: Int) -> LabelledNodes { data.training }

  /// The mean cross-entropy of the labelled nodes.
  public func loss(_ batch: LabelledNodes, _ pass: Pass) -> Tensor {
    logits(pass).gathered(0, batch.nodes).crossEntropy(batch.labels)
  }

  /// The accuracy on the nodes of each split, and the validation loss, from one pass.
  public func evaluate(_ pass: Pass) -> [String: Double] {
    let logits = logits(pass)
    let validation = logits.gathered(0, data.validation.nodes)
    return [
      "validationAccuracy": accuracy(validation, data.validation.labels),
      "validationLoss": validation.crossEntropy(data.validation.labels).item,
      "testAccuracy": accuracy(logits.gathered(0, data.test.nodes), data.test.labels),
    ]
  }

  /// All nodes with a label, as in the 2020 paper (appendix A).
  public func alignmentBatch() -> LabelledNodes { data.all }

  private func logits(_ pass: Pass) -> Tensor { network(data.features, data.graph, pass) }
}
