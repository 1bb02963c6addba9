/// How the learning rate changes in the course of training: a factor for every step.
public protocol LearningRateSchedule: SettingKind {
  /// What the learning rate is multiplied by.
  /// - Parameters:
  ///   - moment: The step, seen from the end of a warm-up, and the length of training after it.
  ///   - plateau: What has been seen of a watched metric.
  func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double

  /// The stretches that the schedule counts in.
  var spans: [Span] { get }

  /// What of the evaluations the schedule watches; nil for nothing.
  var watch: PlateauWatch? { get }
}

extension LearningRateSchedule {
  /// None, for schedules without lengths of their own.
  public var spans: [Span] { [] }
  /// Nil, for schedules that watch no metric.
  public var watch: PlateauWatch? { nil }
}

/// A step, for a schedule.
public struct ScheduleMoment: Sendable {
  /// Steps done.
  public let step: Int
  /// Steps of the whole run.
  public let runSteps: Int
  /// Steps of an epoch; nil where there are none.
  public let stepsPerEpoch: Int?

  /// A step.
  public init(step: Int, runSteps: Int, stepsPerEpoch: Int?) {
    (self.step, self.runSteps, self.stepsPerEpoch) = (step, runSteps, stepsPerEpoch)
  }

  /// The steps of a span.
  func steps(_ span: Span) -> Int {
    guard let steps = span.steps(stepsPerEpoch: stepsPerEpoch) else {
      fatalError("\(span) are no steps where training has no epochs; check a schedule's spans first")
    }
    return max(steps, 1)
  }
}

/// The schedule as a setting.
public struct ScheduleChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [
    ConstantRate.self, StepDecay.self, ExponentialDecay.self, PlateauDecay.self, CosineDecay.self,
    MilestoneDecay.self, NoamSchedule.self, OneCycle.self,
  ]
  /// The schedule.
  public let schedule: any LearningRateSchedule

  /// A schedule.
  public init(_ schedule: any LearningRateSchedule) { self.schedule = schedule }
  /// A schedule; nil for anything else.
  public init?(_ kind: any SettingKind) {
    guard let schedule = kind as? any LearningRateSchedule else { return nil }
    self.schedule = schedule
  }
  /// The schedule.
  public var kind: any SettingKind { schedule }
}
