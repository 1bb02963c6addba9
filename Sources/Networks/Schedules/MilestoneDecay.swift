import Foundation

/// The learning rate times `factor` at each of several shares of the run.
public struct MilestoneDecay: LearningRateSchedule {
  /// `milestones`
  public static let name = "milestones"
  /// What it is.
  public static let summary = "times a factor at given shares of the run"

  /// What the rate is multiplied by; positive.
  public var factor = 0.33
  /// At which shares of the run, from 0 to 1.
  public var shares = [0.5, 0.75, 0.833, 0.9]

  /// A third at a half, three quarters, five sixths and nine tenths of the run, as for radiance fields with an occupancy grid (nerfacc).
  public init() {}
  /// So much, at these shares.
  public init(factor: Double, shares: [Double]) { (self.factor, self.shares) = (factor, shares) }

  /// The keys in files.
  public static let keys = [
    SettingKey("factor", \Self.factor, "what the rate is multiplied by", .positive),
    SettingKey("shares", \Self.shares, "at which shares of the run", .each(.within(0.0...1))),
  ]

  /// `factor` to the number of shares that have passed.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double {
    let done = Double(moment.step) / Double(max(moment.runSteps, 1))
    return pow(factor, Double(shares.count { $0 <= done }))
  }
}
