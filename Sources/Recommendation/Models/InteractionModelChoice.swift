import Networks

/// An ``InteractionModel`` and its settings, as a setting: `{deepfm: {hidden: [400, 400, 400], ...}}`.
public struct InteractionModelChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [
    FactorizationMachine.Settings.self, DeepFM.Settings.self, DeepCross.Settings.self, DCNV2.Settings.self,
    AFN.Settings.self, AutoInt.Settings.self,
  ]
  /// The settings of the network.
  public let settings: any InteractionModelSettings

  /// A network of these settings.
  public init(_ settings: any InteractionModelSettings) { self.settings = settings }
  /// A network of these settings; nil where they are none of an ``InteractionModel``.
  public init?(_ kind: any SettingKind) {
    guard let settings = kind as? any InteractionModelSettings else { return nil }
    self.settings = settings
  }
  /// The settings of the network.
  public var kind: any SettingKind { settings }
}
