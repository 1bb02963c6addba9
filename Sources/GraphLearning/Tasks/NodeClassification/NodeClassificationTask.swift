import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Classification of the nodes of a citation network, or of a graph of one's own, from few labels, by any ``NodeModel``.
///
/// **Source** Launay et al. 2020, section 3.2, table 3; Yang et al. 2016 for the public split.
public final class NodeClassificationTask: TrainingTask {
  /// `graph`
  public static let name = "graph"
  /// What the task is.
  public static let summary =
    "classify nodes of a citation network (Cora, CiteSeer, PubMed) or of your own graph"
  /// The configurations with a name.
  public static let presets: [Preset<NodeClassificationConfiguration>] = NodeClassificationConfiguration
    .presets
  /// The accuracy, which selects weights, and the mean cross-entropy.
  public static let metrics: [Metric] = [.accuracy, .loss]

  /// The citation network; none for a graph of one's own, which no catalogue knows.
  public static func datasets(_ configuration: NodeClassificationConfiguration) -> [Dataset] {
    configuration.dataset.datasets
  }

  /// That of the citation network, or of the files of one's own graph.
  public static func dataDigest(
    _ configuration: NodeClassificationConfiguration, in datasets: DatasetStore
  ) throws -> String { try configuration.dataset.digest(in: datasets) }

  /// The network's parameters.
  public let store: ParameterStore
  /// 1: every step sees the whole graph.
  public let stepsPerEpoch: Int? = 1

  let data: CitationNetwork
  let network: any NodeModel

  /// Reads the citation network and makes the neural one.
  /// - Throws: `DataError` when the data are missing or damaged.
  public init(_ configuration: NodeClassificationConfiguration, _ environment: TaskEnvironment) throws {
    data = try CitationNetwork(configuration, environment)
    store = environment.parameterStore()
    network = configuration.model.settings.makeModel(
      store.root, features: data.features.columns, classes: data.classes)
  }

  /// The labelled nodes; the network always sees all.
  public func batch(_ step: Int) -> LabelledNodes { data.training }

  /// The mean cross-entropy of the labelled nodes.
  public func loss(_ batch: LabelledNodes, _ pass: Pass) -> Tensor {
    let outputs = outputs(of: batch, pass)
    // Cross-entropy would take the softmax a second time: the same number, but another derivative.
    return network.givesLogProbabilities
      ? -outputs.elements(1, at: batch.labels.unsqueezed(1)).mean() : outputs.crossEntropy(batch.labels)
  }

  /// What the network gives for some nodes, of the whole graph.
  private func outputs(of nodes: LabelledNodes, _ pass: Pass) -> Tensor {
    network(data.features, data.graph, pass).gathered(0, nodes.nodes)
  }

  /// Accuracy and loss on the nodes of validation or test.
  public func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] {
    let nodes: LabelledNodes
    switch split {
    case .training: return [:]
    case .validation: nodes = data.validation
    case .test: nodes = data.test
    }
    let outputs = outputs(of: nodes, pass)
    return [.accuracy: accuracy(outputs, nodes.labels), .loss: outputs.crossEntropy(nodes.labels).item]
  }

  /// All nodes with a label, as in the 2020 paper (appendix A).
  public func alignmentBatch() -> LabelledNodes { data.all }
}
