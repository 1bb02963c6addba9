import FeedbackAlignment
import Networks
import Training

/// The configuration of ``GraphAutoencoderTask``.
public struct GraphAutoencoderConfiguration: TaskConfiguration {
  /// A citation network, or a graph of one's own that ``GraphReader`` reads: a path, or a name under a data root.
  public var dataset = GraphDataset.name(.cora)
  /// Whether the features of each node are divided by their sum, where that is more than 1.
  public var normalizesFeatures = true
  /// The share of the edges by which settings are chosen; more than 0, and with ``testShare`` less than 1.
  public var validationShare = 0.05
  /// The share of the edges that are reported; more than 0.
  public var testShare = 0.1
  /// The network.
  public var model = GraphAutoencoder.Settings()
  /// Length and rhythm; the batch is always the whole graph.
  public var training = TrainingConfiguration(epochs: 400, selection: .last)
  /// The optimizer.
  public var optimizer = OptimizerConfiguration(Adam(), learningRate: 0.01)
  /// The feedback matrices.
  public var feedback = FeedbackConfiguration()

  /// The published settings for Cora.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] =
    [
      SettingKey("dataset", \Self.dataset, GraphDataset.explanation),
      SettingKey(
        "normalizesFeatures", \Self.normalizesFeatures,
        "whether a node's features are divided by their sum above 1"),
      SettingKey(
        "validationShare", \Self.validationShare, "the share of the edges that settings are chosen by", share),
      SettingKey("testShare", \Self.testShare, "the share of the edges that are reported", share),
      SettingKey("model", \Self.model, "the graph autoencoder"),
    ] + commonKeys

  private static let share = SettingRange<Double>("more than 0 and less than 1") { $0 > 0 && $0 < 1 }

  /// Both shares must leave edges to train on.
  public func validate() throws(SettingError) {
    try require(
      "testShare", validationShare + testShare < 1,
      "must leave edges to train on: \(testShare) and validationShare \(validationShare) are 1 or more")
  }
}
