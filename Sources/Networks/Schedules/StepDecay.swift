import Foundation

/// The learning rate times `factor` after every `every`.
public struct StepDecay: LearningRateSchedule {
  /// `step`
  public static let name = "step"
  /// What it is.
  public static let summary = "times a factor at regular intervals"

  /// What the rate is multiplied by; positive.
  public var factor = 0.1
  /// How often.
  public var every = Span.epochs(10)

  /// A tenth every ten epochs.
  public init() {}
  /// So much, so often.
  public init(factor: Double, every: Span) { (self.factor, self.every) = (factor, every) }

  /// The keys in files.
  public static let keys = [
    SettingKey("factor", \Self.factor, "what the rate is multiplied by", .positive),
    SettingKey("every", \Self.every, "how often"),
  ]

  /// The interval.
  public var spans: [Span] { [every] }

  /// `factor` to the number of intervals that have passed.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double {
    pow(factor, Double(moment.step / moment.steps(every)))
  }
}
