import FeedbackAlignment
import Networks
import Training

/// The configuration of ``NodeClassificationTask``.
public struct NodeClassificationConfiguration: TaskConfiguration {
  /// A citation network, or a graph of one's own that ``GraphReader`` reads: a path, or a name under a data root.
  public var dataset = GraphDataset.name(.cora)
  /// Which nodes are trained on.
  public var split = NodeSplitChoice.publicSplit
  /// Whether the features of each node are divided by their sum, where that is more than 1.
  public var normalizesFeatures = true
  /// The network.
  public var model = NodeModelChoice(GraphConvNetwork.Settings())
  /// Length and rhythm; the batch is always the whole graph.
  public var training = TrainingConfiguration(epochs: 250)
  /// The optimizer.
  public var optimizer = OptimizerConfiguration(Adam(), learningRate: 0.01)
  /// The feedback matrices.
  public var feedback = FeedbackConfiguration()

  /// Graph convolutions on Cora, with 250 epochs of Adam.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] =
    [
      SettingKey("dataset", \Self.dataset, GraphDataset.explanation),
      SettingKey(
        "split", \Self.split, "which nodes are trained on, which are for validation, and which to test"),
      SettingKey(
        "normalizesFeatures", \Self.normalizesFeatures,
        "whether a node's features are divided by their sum above 1"),
      SettingKey("model", \Self.model, "the network"),
    ] + commonKeys
}
