/// The learning rate rises linearly and then falls with the square root of the step: with s from 1 on it is
/// `learningRate · width^(-1/2) · min(s^(-1/2), s · warmup^(-3/2))`, so that `learningRate` is 1 in the paper.
///
/// **Source** Vaswani et al. 2017, eq. 3.
public struct NoamSchedule: LearningRateSchedule {
  /// `noam`
  public static let name = "noam"
  /// What it is.
  public static let summary = "rises linearly, then falls with the square root of the step"

  /// The width of the model; at least 1.
  public var width = 512
  /// For how long the rate rises.
  public var warmup = Span.steps(4_000)

  /// The settings of the paper.
  public init() {}
  /// For a width, with a rise of this length.
  public init(width: Int, warmup: Span) { (self.width, self.warmup) = (width, warmup) }

  /// The keys in files.
  public static let keys = [
    SettingKey("width", \Self.width, "the width of the model", .atLeast(1)),
    SettingKey("warmup", \Self.warmup, "for how long the rate rises"),
  ]

  /// The rise.
  public var spans: [Span] { [warmup] }

  /// `width^(-1/2) min(s^(-1/2), s warmup^(-3/2))`.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double {
    let (step, rise) = (Double(moment.step + 1), Double(moment.steps(warmup)))
    return min(1 / step.squareRoot(), step / (rise * rise.squareRoot())) / Double(width).squareRoot()
  }
}
