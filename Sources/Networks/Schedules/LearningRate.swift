/// The learning rate of every step of a run: a rate, a linear warm-up before it where wished, and a schedule.
public struct LearningRate: Sendable {
  /// What a checkpoint must keep.
  public var plateau = PlateauState()
  private let initial: Double
  private let schedule: any LearningRateSchedule
  private let warmup: Int
  private let runSteps: Int
  private let stepsPerEpoch: Int?

  /// - Parameters:
  ///   - initial: The rate that factors multiply.
  ///   - schedule: How it changes.
  ///   - warmup: The time in which it rises linearly from nothing, before the schedule begins; none when nil.
  ///   - runSteps: The steps of the run.
  ///   - stepsPerEpoch: The steps of an epoch; nil where there are none.
  /// - Throws: ``SettingError`` where a span counts epochs and there are none.
  public init(
    _ initial: Double, _ schedule: any LearningRateSchedule = ConstantRate(), warmup: Span? = nil,
    runSteps: Int,
    stepsPerEpoch: Int? = nil
  ) throws(SettingError) {
    for span in schedule.spans { _ = try span.steps(stepsPerEpoch: stepsPerEpoch, key: "schedule") }
    self.initial = initial
    self.schedule = schedule
    self.warmup = try warmup?.steps(stepsPerEpoch: stepsPerEpoch, key: "warmup") ?? 0
    self.runSteps = runSteps
    self.stepsPerEpoch = stepsPerEpoch
  }

  /// The rate after so many steps.
  public func rate(step: Int) -> Double {
    if step < warmup { return initial * Double(step + 1) / Double(warmup) }
    let moment = ScheduleMoment(
      step: step - warmup, runSteps: max(runSteps - warmup, 1), stepsPerEpoch: stepsPerEpoch)
    return initial * schedule.factor(moment, plateau)
  }

  /// The metric that the schedule watches, if it watches one.
  public var watch: PlateauWatch? { schedule.watch }

  /// The watched metric has this value after so many steps, of which less is better; NaN is no improvement.
  public mutating func observe(_ value: Double, step: Int) {
    guard let watch = schedule.watch, let patience = watch.patience.steps(stepsPerEpoch: stepsPerEpoch) else {
      return
    }
    if value < plateau.best ?? .infinity {
      plateau.best = value
      plateau.since = step
    } else if step - plateau.since > patience {
      plateau.scale *= watch.factor
      plateau.since = step
    }
  }
}
