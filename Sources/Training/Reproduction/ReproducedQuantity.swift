import Basics

/// What a table of a paper shows of a run.
public enum ReproducedQuantity: Hashable, Sendable {
  /// A metric of the selected weights on a part of the data.
  case metric(Metric, Split)
  /// The alignment with the selected weights, the mean over points of the mean over rows.
  case alignment
  /// The alignment at the point of a path with the selected weights, the mean over rows.
  case alignmentAt(String)
  /// The standard deviation over rows of the alignment at the point of a path.
  case alignmentDeviationAt(String)

  /// A metric of the selected weights on the test data.
  public static func test(_ metric: Metric) -> ReproducedQuantity { .metric(metric, .test) }

  /// The name in results.
  public var name: String {
    switch self {
    case .metric(let metric, let split): metric.name(on: split)
    case .alignment: "alignment"
    case .alignmentAt(let point): "alignment/\(point)"
    case .alignmentDeviationAt(let point): "alignmentDeviation/\(point)"
    }
  }

  /// What people call it, with the unit.
  var title: String {
    switch self {
    case .metric(let metric, let split): metric.title(on: split)
    case .alignment: "alignment"
    case .alignmentAt(let point): "alignment of \(point)"
    case .alignmentDeviationAt(let point): "deviation of the alignment of \(point)"
    }
  }

  /// Whether it is shown in percent.
  var isFraction: Bool {
    switch self {
    case .metric(let metric, _): metric.isFraction
    case .alignment, .alignmentAt, .alignmentDeviationAt: false
    }
  }

  /// The value in a run; nil when the run has none.
  func value(in run: RunEntry) -> Double? {
    switch self {
    case .metric: return run.result?.metrics[name]
    case .alignment:
      let means = run.result?.alignment.compactMap(\.mean) ?? []
      return means.isEmpty ? nil : Statistics(means).mean
    case .alignmentAt(let point): return run.result?.alignment.first { $0.point == point }?.mean
    case .alignmentDeviationAt(let point):
      return run.result?.alignment.first { $0.point == point }?.std
    }
  }
}
