import Networks

/// A network and its settings, as a setting: `{gcn: {hidden: 16, ...}}`.
public struct NodeModelChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [
    GraphConvNetwork.Settings.self, ChebConvNetwork.Settings.self, SplineConvNetwork.Settings.self,
    GATConvNetwork.Settings.self, DNAConvNetwork.Settings.self,
  ]
  /// The settings of the network.
  public var settings: any NodeModelSettings

  /// A network with these settings.
  public init(_ settings: any NodeModelSettings) { self.settings = settings }
  /// A network; nil for the settings of anything else.
  public init?(_ kind: any SettingKind) {
    guard let settings = kind as? any NodeModelSettings else { return nil }
    self.settings = settings
  }
  /// The settings of the network.
  public var kind: any SettingKind { settings }
}
