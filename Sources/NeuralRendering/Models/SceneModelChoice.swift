import Networks

/// A ``SceneModel`` and its settings, as a setting: `{nerf: {coarseSamples: 64, ...}}`.
public struct SceneModelChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [NeRF.Settings.self, GridNeRF.Settings.self]
  /// The settings of the model.
  public let settings: any SceneModelSettings

  /// A model of these settings.
  public init(_ settings: any SceneModelSettings) { self.settings = settings }
  /// A model of these settings; nil where they are none of a ``SceneModel``.
  public init?(_ kind: any SettingKind) {
    guard let settings = kind as? any SceneModelSettings else { return nil }
    self.settings = settings
  }
  /// The settings of the model.
  public var kind: any SettingKind { settings }
}
