import Foundation

/// How the learning rate changes during training.
public struct LearningRateSchedule: Codable, Hashable, Sendable {
  /// The rule.
  public enum Kind: String, NamedChoice {
    /// It does not change.
    case constant
    /// Times `factor` after every `period` epochs.
    case step
    /// Times `factor` to the power of `steps done / period`, smoothly (NeRF: factor 0.1, period 500 000).
    case exponential
    /// Times `factor` when the watched metric has not improved for more than `period` epochs.
    case plateau
  }

  /// The rule.
  public var kind: Kind
  /// What the rate is multiplied by; in (0, 1] for any use known to us.
  public var factor: Double
  /// Epochs (step, plateau) or steps (exponential, where 0 means all of the run, so that the last rate is `factor` of the
  /// first).
  public var period: Int

  /// A schedule.
  public init(_ kind: Kind = .constant, factor: Double = 0.1, period: Int = 10) {
    self.kind = kind
    self.factor = factor
    self.period = period
  }
}

/// A learning rate that follows a schedule.
public struct LearningRate: Sendable {
  /// What a checkpoint must keep.
  public struct State: Codable, Equatable, Sendable {
    /// The factor by which plateaus have lowered the rate.
    public var scale = 1.0
    /// The best value of the watched metric; nil before the first.
    public var best: Double?
    /// Epochs since the best value.
    public var stagnation = 0

    /// The state before the first epoch.
    public init() {}
  }

  /// What a checkpoint must keep.
  public var state = State()
  private let initial: Double
  private let schedule: LearningRateSchedule

  /// A rate that starts at `initial`.
  /// - Parameters:
  ///   - initial: The first rate.
  ///   - schedule: How it changes.
  ///   - runSteps: The steps of the run, which stand for a period of 0.
  public init(
    _ initial: Double, _ schedule: LearningRateSchedule = LearningRateSchedule(), runSteps: Int? = nil
  ) {
    var schedule = schedule
    if schedule.kind == .exponential, schedule.period == 0, let runSteps { schedule.period = runSteps }
    precondition(schedule.period > 0, "a period of \(schedule.period) needs the steps of the run")
    self.initial = initial
    self.schedule = schedule
  }

  /// The rate after this many epochs and steps.
  public func rate(epoch: Int, step: Int) -> Double {
    switch schedule.kind {
    case .constant: initial
    case .step: initial * pow(schedule.factor, Double(epoch / schedule.period))
    case .exponential: initial * pow(schedule.factor, Double(step) / Double(schedule.period))
    case .plateau: initial * state.scale
    }
  }

  /// An epoch has ended with this value of the watched metric, of which less is better; NaN is no
  /// improvement.
  public mutating func epochEnded(metric: Double) {
    guard schedule.kind == .plateau else { return }
    if metric < state.best ?? .infinity {
      state.best = metric
      state.stagnation = 0
      return
    }
    state.stagnation += 1
    if state.stagnation > schedule.period {
      state.scale *= schedule.factor
      state.stagnation = 0
    }
  }
}
