/// The learning rate does not change.
public struct ConstantRate: LearningRateSchedule {
  /// `constant`
  public static let name = "constant"
  /// What it is.
  public static let summary = "the rate does not change"
  /// No keys.
  public static let keys: [SettingKey<ConstantRate>] = []

  /// It has no settings.
  public init() {}

  /// 1.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double { 1 }
}
