import Networks
import Torch

/// DCN-V2: cross layers with a matrix each (``MatrixCrossLayer``) beside a perceptron.
///
/// **Shape** features `[B, F]` to logits `[B, 1]`. Feedback points as in ``DeepCross``.
///
/// **Source** Wang et al. 2021, the parallel structure.
public struct DCNV2: InteractionModel {
  /// What the network can be told.
  public struct Settings: InteractionModelSettings, CrossNetworkSettings {
    /// The network of these settings.
    public typealias Model = DCNV2
    /// `dcnv2`
    public static let name = "dcnv2"
    /// What it is.
    public static let summary = "DCN-V2: cross layers with matrices beside a perceptron (Wang et al. 2021)"

    /// The table.
    public var embedding = EmbeddingSettings()
    /// L, how many cross layers there are; from 1 to 100.
    public var crossLayers = 4
    /// The rank of their matrices; nil for full ones.
    public var rank: Int?
    /// The perceptron; it may have no layer.
    public var tower = TowerSettings()
    /// Where the error is read.
    public var error = ErrorTensor.logit
    /// How parameters start.
    public var start = StartingWeights.bars

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys: [SettingKey<Self>] =
      sharedKeys + [
        SettingKey(
          "rank", optional: \Self.rank, "the rank of the cross layers' matrices; null: they are full",
          .within(1...maximumWidth))
      ]

    /// The table learns from something.
    public func validate() throws(SettingError) { try checkIsTaught(embedding) }
  }

  private let network: CrossNetwork

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, _ fields: FieldSizes) {
    network = CrossNetwork(scope, settings, fields) { scope, width in
      let layer = MatrixCrossLayer(scope, width, rank: settings.rank, settings.start)
      return { layer($0, $1, $2) }
    }
  }

  /// The logits.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor { network(features, pass) }
}
