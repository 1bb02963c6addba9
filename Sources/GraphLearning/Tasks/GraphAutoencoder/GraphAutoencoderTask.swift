import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Prediction of the links of a citation network, or of a graph of one's own, that were hidden from it, by a graph autoencoder.
///
/// **Source** Launay et al. 2020, section 3.2, table 4; Kipf and Welling 2016, "Variational graph auto-encoders".
public final class GraphAutoencoderTask: TrainingTask {
  /// `autoencoder`
  public static let name = "autoencoder"
  /// What the task is.
  public static let summary =
    "predict links of a citation network (Cora, CiteSeer, PubMed) or of your own graph"
  /// The configurations with a name.
  public static let presets: [Preset<GraphAutoencoderConfiguration>] = GraphAutoencoderConfiguration.presets
  /// The area under the curve, which is reported first, and the average precision of edges and as many pairs without an
  /// edge; the loss.
  public static let metrics: [Metric] = [.areaUnderCurve, .averagePrecision, .loss]

  /// The citation network; none for a graph of one's own, which no catalogue knows.
  public static func datasets(_ configuration: GraphAutoencoderConfiguration) -> [Dataset] {
    configuration.dataset.datasets
  }

  /// That of the citation network, or of the files of one's own graph.
  public static func dataDigest(
    _ configuration: GraphAutoencoderConfiguration, in datasets: DatasetStore
  ) throws -> String { try configuration.dataset.digest(in: datasets) }

  /// The network's parameters.
  public let store: ParameterStore
  /// 1: every step sees the whole graph.
  public let stepsPerEpoch: Int? = 1

  let data: CitationLinks
  let network: GraphAutoencoder

  /// The nodes whose class is known.
  var labelledNodes: LabelledNodes { data.labelled }

  /// Reads the citation network, splits its links and makes the neural network.
  /// - Throws: `DataError` when the data are missing or damaged, ``GraphError`` when the links cannot be split as
  ///   they should.
  public init(_ configuration: GraphAutoencoderConfiguration, _ environment: TaskEnvironment) throws {
    data = try CitationLinks(configuration, environment)
    store = environment.parameterStore()
    network = GraphAutoencoder(store.root, configuration.model, features: data.features.columns)
  }

  /// The links that are trained on, and as many other pairs as they have directions, drawn for the step.
  public func batch(_ step: Int) throws -> EdgeBatch {
    // An epoch and its only step.
    try data.batch("\(step)/0")
  }

  /// The mean cross-entropy of the links plus that of the other pairs.
  public func loss(_ batch: EdgeBatch, _ pass: Pass) -> Tensor {
    loss(batch, network.encode(data.features, data.graph, pass))
  }

  private func loss(_ batch: EdgeBatch, _ latent: Tensor) -> Tensor {
    GraphAutoencoder.loss(latent, edges: batch.edges, nonEdges: batch.nonEdges)
  }

  /// Area under the curve and average precision of hidden links, and the loss, from one pass.
  ///
  /// Pairs are ranked by their logits; probabilities in single precision would make ties of large ones.
  public func evaluate(_ split: Split, _ pass: Pass) throws -> [Metric: Double] {
    let links: EdgeBatch
    switch split {
    case .training: return [:]
    case .validation: links = data.validation
    case .test: links = data.test
    }
    let latent = network.encode(data.features, data.graph, pass)
    let ranking = try ranking(links, latent)
    return [
      .areaUnderCurve: ranking.areaUnderCurve, .averagePrecision: ranking.averagePrecision,
      .loss: loss(links, latent).item,
    ]
  }

  private func ranking(_ batch: EdgeBatch, _ latent: Tensor) throws -> RankingMetrics {
    let logits = [batch.edges, batch.nonEdges].map { GraphAutoencoder.logits(latent, $0).to(.cpu) }
    return try RankingMetrics(
      .concatenated(logits), labels: .concatenated([.ones(logits[0].shape), .zeros(logits[1].shape)]))
  }

  /// The links that are trained on, and other pairs drawn once.
  public func alignmentBatch() throws -> EdgeBatch { try data.batch("alignment") }
}
