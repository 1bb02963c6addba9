import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Classification of the nodes of a citation network from few labels, by five networks.
///
/// **Source** Launay et al. 2020, section 3.2, table 3; Yang et al. 2016 for the public split.
public final class NodeClassificationTask: TrainingTask {
  /// `graph`
  public static let name = "graph"
  /// What the task is.
  public static let summary =
    "classify the papers of a citation network (Cora, CiteSeer, PubMed) with graph convolutions"
  /// The configurations with a name.
  public static let presets: [Preset<GraphConfiguration>] = GraphConfiguration.presets
  /// The accuracy on the validation nodes.
  public static let validationMetric = Metric("validationAccuracy", higherIsBetter: true, isFraction: true)
  /// The accuracy on the test nodes.
  public static let testMetric = Metric("testAccuracy", higherIsBetter: true, isFraction: true)

  /// The citation network.
  public static func datasets(_ configuration: GraphConfiguration) -> [Dataset] {
    [configuration.dataset.dataset]
  }

  /// The network's parameters.
  public let store: ParameterStore
  /// Weight decay acts on the first layer, or on all.
  public let parameterGroups: [ParameterGroup]
  /// 1: every step sees the whole graph.
  public let stepsPerEpoch = 1

  private let data: CitationNetwork
  private let network: (Pass) -> Tensor
  /// Whether the network ends with log softmax.
  private let givesLogProbabilities: Bool

  /// Reads the citation network and makes the neural one.
  /// - Throws: `DataError` when the data are missing or damaged.
  public init(_ configuration: GraphConfiguration, _ environment: TaskEnvironment) throws {
    data = try CitationNetwork(configuration, environment)
    store = environment.parameterStore()
    network = NodeClassificationTask.network(configuration, data, store.root)
    givesLogProbabilities = configuration.network == .dna && configuration.published
    let weightDecay = configuration.optimizer.weightDecay
    let firstLayer = configuration.network == .dna ? "lin1/" : "conv1/"
    let isDecayed: (Parameter) -> Bool = {
      configuration.decaysAllLayers || $0.path.hasPrefix(firstLayer)
    }
    parameterGroups = [
      ParameterGroup(store.parameters.filter(isDecayed), weightDecay: weightDecay),
      ParameterGroup(store.parameters.filter { !isDecayed($0) }),
    ].filter { !$0.parameters.isEmpty }
  }

  /// The network on the whole graph.
  private static func network(
    _ settings: GraphConfiguration, _ data: CitationNetwork, _ scope: Scope
  ) -> (Pass) -> Tensor {
    let (features, graph, classes) = (data.features, data.graph, data.classes)
    switch settings.network {
    case .gcn:
      let network = GraphConvNetwork(
        scope, features: features.columns, hidden: settings.hidden, classes: classes,
        activation: settings.activation, inputDropout: settings.inputDropout, dropout: settings.dropout,
        errorPlace: settings.errorPlace, errorHops: settings.errorHops)
      return { network(features, graph, $0) }
    case .cheb:
      let network = ChebConvNetwork(
        scope, features: features.columns, hidden: settings.hidden, classes: classes, terms: settings.terms,
        activation: settings.activation, inputDropout: settings.inputDropout, dropout: settings.dropout,
        errorPlace: settings.errorPlace, errorHops: settings.errorHops)
      return { network(features, graph, $0) }
    case .spline:
      let kernel = SplineKernel(sizes: [settings.kernelSize], degree: settings.splineDegree)
      let splines = kernel.matrix(graph, PseudoCoordinates(targetInDegreesOf: graph))
      let network = SplineConvNetwork(
        scope, features: features.columns, hidden: settings.hidden, classes: classes, kernel: kernel,
        activation: settings.activation, inputDropout: settings.inputDropout, dropout: settings.dropout,
        errorPlace: settings.errorPlace, errorHops: settings.errorHops)
      return { network(features, graph, splines, $0) }
    case .gat:
      let network = GATConvNetwork(
        scope, features: features.columns, hidden: settings.hidden, heads: settings.heads, classes: classes,
        outputHeads: settings.outputHeads, activation: settings.activation,
        inputDropout: settings.inputDropout, dropout: settings.dropout,
        attentionDropout: settings.attentionDropout,
        outputAttentionDropout: settings.outputAttentionDropout, errorPlace: settings.errorPlace,
        errorHops: settings.errorHops)
      return { network(features, graph, $0) }
    case .dna:
      let network = DNAConvNetwork(
        scope, features: features.columns, hidden: settings.hidden, layers: settings.layers,
        heads: settings.heads, groups: settings.groups, classes: classes, activation: settings.activation,
        inputDropout: settings.inputDropout, dropout: settings.dropout,
        attentionDropout: settings.attentionDropout, readsLogProbabilities: settings.published,
        errorHops: settings.errorHops)
      return { network(features, graph, $0) }
    }
  }

  /// The labelled nodes; the network always sees all.
  public func batch(epoch: Int, step: Int) -> LabelledNodes { data.training }

  /// The mean cross-entropy of the labelled nodes.
  public func loss(_ batch: LabelledNodes, _ pass: Pass) -> Tensor {
    let outputs = network(pass).gathered(0, batch.nodes)
    // Cross-entropy would take the softmax a second time: the same number, but another derivative.
    return givesLogProbabilities
      ? -outputs.elements(1, at: batch.labels.unsqueezed(1)).mean() : outputs.crossEntropy(batch.labels)
  }

  /// The accuracy on the nodes of each split, and the validation loss, from one pass.
  public func evaluate(_ pass: Pass) -> [String: Double] {
    let logits = network(pass)
    let validation = logits.gathered(0, data.validation.nodes)
    return [
      "validationAccuracy": accuracy(validation, data.validation.labels),
      "validationLoss": validation.crossEntropy(data.validation.labels).item,
      "testAccuracy": accuracy(logits.gathered(0, data.test.nodes), data.test.labels),
    ]
  }

  /// All nodes with a label, as in the 2020 paper (appendix A).
  public func alignmentBatch() -> LabelledNodes { data.all }
}
