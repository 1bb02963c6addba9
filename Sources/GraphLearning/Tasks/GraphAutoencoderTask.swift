import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Prediction of the links of a citation network that were hidden from it, by a graph autoencoder.
///
/// **Source** Launay et al. 2020, section 3.2, table 4; Kipf and Welling 2016, "Variational graph auto-encoders".
public final class GraphAutoencoderTask: TrainingTask {
  /// `autoencoder`
  public static let name = "autoencoder"
  /// What the task is.
  public static let summary =
    "predict links of a citation network (Cora, CiteSeer, PubMed) with a graph autoencoder"
  /// The configurations with a name.
  public static let presets: [Preset<AutoencoderConfiguration>] = AutoencoderConfiguration.presets
  /// The area under the curve of the validation edges and as many pairs without an edge.
  public static let validationMetric = Metric("validationAUC", higherIsBetter: true, isFraction: true)
  /// The area under the curve of the test edges and as many pairs without an edge.
  public static let testMetric = Metric("testAUC", higherIsBetter: true, isFraction: true)
  /// The average precision of the same.
  public static let testPrecision = Metric("testAP", higherIsBetter: true, isFraction: true)

  /// The citation network.
  public static func datasets(_ configuration: AutoencoderConfiguration) -> [Dataset] {
    [configuration.dataset.dataset]
  }

  /// The network's parameters.
  public let store: ParameterStore
  /// Weight decay acts on all parameters.
  public let parameterGroups: [ParameterGroup]
  /// 1: every step sees the whole graph.
  public let stepsPerEpoch = 1

  private let data: CitationLinks
  private let network: GraphAutoencoder

  /// The nodes whose class is known.
  var labelledNodes: LabelledNodes { data.labelled }

  /// Reads the citation network, splits its links and makes the neural network.
  /// - Throws: `DataError` when the data are missing or damaged, ``GraphError`` when the links cannot be split as
  ///   they should.
  public init(_ configuration: AutoencoderConfiguration, _ environment: TaskEnvironment) throws {
    data = try CitationLinks(configuration, environment)
    store = environment.parameterStore()
    network = GraphAutoencoder(
      store.root, features: data.features.columns, hidden: configuration.hidden, latent: configuration.latent,
      activation: configuration.activation, inputDropout: configuration.inputDropout,
      dropout: configuration.dropout)
    parameterGroups = [
      ParameterGroup(store.parameters, weightDecay: configuration.optimizer.weightDecay)
    ]
  }

  /// The links that are trained on, and as many other pairs as they have directions, drawn for the step.
  public func batch(epoch: Int, step: Int) throws -> EdgeBatch { try data.batch("\(epoch)/\(step)") }

  /// The mean cross-entropy of the links plus that of the other pairs.
  public func loss(_ batch: EdgeBatch, _ pass: Pass) -> Tensor {
    loss(batch, network.encode(data.features, data.graph, pass))
  }

  private func loss(_ batch: EdgeBatch, _ latent: Tensor) -> Tensor {
    GraphAutoencoder.loss(latent, edges: batch.edges, nonEdges: batch.nonEdges)
  }

  /// Area under the curve and average precision of hidden links, and the validation loss, from one pass.
  ///
  /// Pairs are ranked by their logits; probabilities in single precision would make ties of great ones.
  public func evaluate(_ pass: Pass) throws -> [String: Double] {
    let latent = network.encode(data.features, data.graph, pass)
    var metrics = ["validationLoss": loss(data.validation, latent).item]
    for (name, batch) in [("validation", data.validation), ("test", data.test)] {
      let ranking = try ranking(batch, latent)
      metrics["\(name)AUC"] = ranking.areaUnderCurve
      metrics["\(name)AP"] = ranking.averagePrecision
    }
    return metrics
  }

  private func ranking(_ batch: EdgeBatch, _ latent: Tensor) throws -> RankingMetrics {
    let logits = [batch.edges, batch.nonEdges].map { GraphAutoencoder.logits(latent, $0).to(.cpu) }
    return try RankingMetrics(
      .concatenated(logits), labels: .concatenated([.ones(logits[0].shape), .zeros(logits[1].shape)]))
  }

  /// The links that are trained on, and other pairs drawn once.
  public func alignmentBatch() throws -> EdgeBatch { try data.batch("alignment") }
}
