import Networks
import Torch

/// Deep & Cross: cross layers with a vector each (``CrossLayer``) beside a perceptron.
///
/// **Shape** features `[B, F]` to logits `[B, 1]`. A feedback point after each cross layer but the last, after each layer of the
/// perceptron, where both are put beside each other, and, as told, at the embedded row, where the 2020 paper has one.
///
/// **Source** Wang et al. 2017; Launay et al. 2020, section 3.1.
public struct DeepCross: InteractionModel {
  /// What the network can be told.
  public struct Settings: InteractionModelSettings, CrossNetworkSettings {
    /// The network of these settings.
    public typealias Model = DeepCross
    /// `dcn`
    public static let name = "dcn"
    /// What it is.
    public static let summary = "Deep & Cross: cross layers beside a perceptron (Wang et al. 2017)"

    /// The table.
    public var embedding = EmbeddingSettings()
    /// L, how many cross layers there are; from 1 to 100.
    public var crossLayers = 3
    /// The perceptron; it may have no layer.
    public var tower = TowerSettings()
    /// Where the error is read.
    public var error = ErrorTensor.logit
    /// How parameters start.
    public var start = StartingWeights.bars

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys: [SettingKey<Self>] = sharedKeys

    /// The table learns from something.
    public func validate() throws(SettingError) { try checkIsTaught(embedding) }
  }

  private let network: CrossNetwork

  /// A network.
  public init(_ scope: Scope, _ settings: Settings, _ fields: FieldSizes) {
    network = CrossNetwork(scope, settings, fields) { scope, width in
      let layer = CrossLayer(scope, width, settings.start)
      return { layer($0, $1, $2) }
    }
  }

  /// The logits.
  public func callAsFunction(_ features: Tensor, _ pass: Pass) -> Tensor { network(features, pass) }
}
