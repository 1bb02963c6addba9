import Foundation

/// The learning rate falls along half a cosine: `floor + (1 - floor) (1 + cos(π step / over)) / 2`, and stays at `floor`.
///
/// **Source** Loshchilov and Hutter 2017, eq. 5, without restarts.
public struct CosineDecay: LearningRateSchedule {
  /// `cosine`
  public static let name = "cosine"
  /// What it is.
  public static let summary = "falls along half a cosine"

  /// What is left of the rate at the end, of 1.
  public var floor = 0.0
  /// In which time; that of the whole run when nil.
  public var over: Span?

  /// To zero over the run.
  public init() {}
  /// To so much, in this time.
  public init(floor: Double, over: Span? = nil) { (self.floor, self.over) = (floor, over) }

  /// The keys in files.
  public static let keys = [
    SettingKey("floor", \Self.floor, "what is left of the rate at the end, as a fraction", .within(0...1)),
    SettingKey("over", optional: \Self.over, "in which time; null is the whole run"),
  ]

  /// The time.
  public var spans: [Span] { over.map { [$0] } ?? [] }

  /// The cosine.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double {
    let length = over.map(moment.steps) ?? max(moment.runSteps, 1)
    let share = min(Double(moment.step) / Double(length), 1)
    return floor + (1 - floor) * (1 + cos(.pi * share)) / 2
  }
}
