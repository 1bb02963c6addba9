import FeedbackAlignment
import Networks
import Training

/// The configuration of ``ClickThroughRateTask``.
public struct ClickThroughRateConfiguration: TaskConfiguration {
  /// In which order an epoch's rows are.
  public enum Order: String, NamedChoice {
    /// Another for each epoch, from the seed.
    case shuffled
    /// That of the file in every epoch, as in the published code of the 2020 paper.
    case fixed
  }

  /// A data set by name, or a folder that `dfa data prepare` made.
  public var dataset = InteractionSelection.name(.frappeLog)
  /// How a data set by name is prepared.
  public var rows = RowSettings()
  /// The order of rows.
  public var order = Order.shuffled
  /// The network.
  public var model = InteractionModelChoice(DeepFM.Settings())
  /// Length and rhythm.
  public var training = TrainingConfiguration(epochs: 15, batchSize: 4_096)
  /// The optimizer.
  public var optimizer = OptimizerConfiguration(Adam(), learningRate: 1e-3)
  /// The feedback matrices.
  public var feedback = FeedbackConfiguration()

  /// DeepFM on the Frappe log.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] =
    [
      SettingKey("dataset", \Self.dataset, InteractionSelection.explanation),
      SettingKey("rows", \Self.rows, "how a data set by name is prepared; a folder is as it is"),
      SettingKey("order", \Self.order, "in which order an epoch's rows are"),
      SettingKey("model", \Self.model, "the network"),
    ] + commonKeys
}
