/// Median and extremes of repeated timings, in seconds.
public struct Timing: Codable, Equatable, Sendable {
  /// The median.
  public let median: Double
  /// The shortest.
  public let min: Double
  /// The longest.
  public let max: Double

  /// - Precondition: There is a value.
  public init(_ seconds: [Double]) {
    if seconds.isEmpty { fatalError("Timing of no values") }
    let sorted = seconds.sorted()
    let half = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    min = sorted[0]
    max = sorted[sorted.count - 1]
  }

  /// Several timings of one thing: the median of their medians, and the extremes of all.
  /// - Precondition: There is a timing.
  public init(combining timings: [Timing]) {
    let medians = Timing(timings.map(\.median))
    median = medians.median
    min = timings.map(\.min).min() ?? medians.min
    max = timings.map(\.max).max() ?? medians.max
  }
}
