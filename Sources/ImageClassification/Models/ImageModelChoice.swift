import Networks

/// An ``ImageModel`` and its settings, as a setting: `{mlp: {hidden: [800, 800, 800], ...}}`.
public struct ImageModelChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [
    MultilayerPerceptron.Settings.self, CIFARConvolutional.Settings.self,
  ]
  /// The settings of the network.
  public let settings: any ImageModelSettings

  /// A network of these settings.
  public init(_ settings: any ImageModelSettings) { self.settings = settings }
  /// A network of these settings; nil where they are none of an ``ImageModel``.
  public init?(_ kind: any SettingKind) {
    guard let settings = kind as? any ImageModelSettings else { return nil }
    self.settings = settings
  }
  /// The settings of the network.
  public var kind: any SettingKind { settings }
}
