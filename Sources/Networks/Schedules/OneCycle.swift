import Foundation

/// The learning rate rises from `1 / initialDivisor` to 1 and falls to `1 / (initialDivisor · finalDivisor)`, both along half
/// a cosine, in one run.
///
/// **Source** Smith and Topin 2018; the cosine form is PyTorch's `OneCycleLR`.
public struct OneCycle: LearningRateSchedule {
  /// `oneCycle`
  public static let name = "oneCycle"
  /// What it is.
  public static let summary = "rises and falls once in the run, along cosines"

  /// The part of the run in which the rate rises, in (0, 1).
  public var rise = 0.3
  /// By what the rate is divided at first; at least 1.
  public var initialDivisor = 25.0
  /// By what it is divided beyond that at last; at least 1.
  public var finalDivisor = 1e4

  /// PyTorch's defaults.
  public init() {}

  /// The keys in files.
  public static let keys = [
    SettingKey(
      "rise", \Self.rise, "the part of the run in which the rate rises",
      SettingRange("more than 0 and less than 1") { $0 > 0 && $0 < 1 }),
    SettingKey("initialDivisor", \Self.initialDivisor, "by what the rate is divided at first", .atLeast(1)),
    SettingKey("finalDivisor", \Self.finalDivisor, "by what it is divided beyond that at last", .atLeast(1)),
  ]

  /// The place on the cycle.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double {
    let top = rise * Double(moment.runSteps) - 1
    let last = Double(max(moment.runSteps - 1, 1))
    let (first, final) = (1 / initialDivisor, 1 / (initialDivisor * finalDivisor))
    let step = Double(moment.step)
    func between(_ start: Double, _ end: Double, _ share: Double) -> Double {
      end + (start - end) * (1 + cos(.pi * min(max(share, 0), 1))) / 2
    }
    return step <= top
      ? between(first, 1, step / max(top, 1)) : between(1, final, (step - top) / (last - top))
  }
}
