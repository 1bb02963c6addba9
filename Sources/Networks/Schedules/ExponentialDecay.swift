import Foundation

/// The learning rate times `factor` to the power of `step / over`, smoothly.
///
/// **Source** Mildenhall et al. 2020 (factor 0.1).
public struct ExponentialDecay: LearningRateSchedule {
  /// `exponential`
  public static let name = "exponential"
  /// What it is.
  public static let summary = "falls by the same factor in equal times, smoothly"

  /// What the rate is multiplied by in the course of `over`; positive.
  public var factor = 0.1
  /// In which time; that of the whole run when nil, so that the last rate is `factor` of the first.
  public var over: Span?

  /// To a tenth over the run.
  public init() {}
  /// To so much, in this time.
  public init(factor: Double, over: Span? = nil) { (self.factor, self.over) = (factor, over) }

  /// The keys in files.
  public static let keys = [
    SettingKey("factor", \Self.factor, "what the rate has been multiplied by after 'over'", .positive),
    SettingKey("over", optional: \Self.over, "in which time; null is the whole run"),
  ]

  /// The time.
  public var spans: [Span] { over.map { [$0] } ?? [] }

  /// `factor^(step / over)`.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double {
    pow(factor, Double(moment.step) / Double(over.map(moment.steps) ?? max(moment.runSteps, 1)))
  }
}
