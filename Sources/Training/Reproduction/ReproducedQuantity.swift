import Basics

/// What a table of a paper shows of a run.
public enum ReproducedQuantity: Hashable, Sendable {
  /// A metric of the epoch that the configuration selects.
  case metric(Metric)
  /// The alignment at the end of training, the mean over points of the mean over rows.
  case alignment
  /// The alignment at the point of a path at the end of training, the mean over rows.
  case alignmentAt(String)

  /// The name in results.
  public var name: String {
    switch self {
    case .metric(let metric): metric.name
    case .alignment: "alignment"
    case .alignmentAt(let point): "alignment/\(point)"
    }
  }

  /// Whether it is shown in percent.
  var isFraction: Bool {
    switch self {
    case .metric(let metric): metric.isFraction
    case .alignment, .alignmentAt: false
    }
  }

  /// The value in a run; nil when the run has none.
  func value(in run: ReproductionRun) -> Double? {
    switch self {
    case .metric(let metric): return run.metrics?[metric.name]
    case .alignment:
      let means = run.alignment?.compactMap(\.mean) ?? []
      return means.isEmpty ? nil : Statistics(means).mean
    case .alignmentAt(let point): return run.alignment?.first { $0.point == point }?.mean
    }
  }
}
