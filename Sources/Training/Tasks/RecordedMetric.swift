import Reports

/// A number of a record, such as `validationAccuracy`, and how people read it.
package struct RecordedMetric {
  /// What people call it: `validation accuracy`.
  package let title: String
  /// Whether it is a fraction that people read in percent.
  package let isFraction: Bool

  /// A number by its name in files.
  /// - Parameters:
  ///   - name: The name.
  ///   - metrics: Those of the task; a name that is of none of them is taken apart into words.
  package init(_ name: String, of metrics: [Metric]) {
    let known = (metrics + [.loss]).lazy.flatMap { metric in Split.allCases.map { (metric, $0) } }
      .first { metric, split in metric.name(on: split) == name }
    isFraction = known?.0.isFraction ?? false
    if let (metric, split) = known {
      title = "\(split.title) \(metric.title)"
    } else if let point = name.split(separator: "/", maxSplits: 1).last, name.hasPrefix("alignment/") {
      title = "alignment of \(point)"
    } else {
      title = name.separatedWords
    }
  }

  /// The title with the unit, for axes and columns.
  package var label: String { title + (isFraction ? " (%)" : "") }

  /// The number in that unit.
  package func shown(_ value: Double) -> Double { isFraction ? 100 * value : value }

  /// The number, with its deviation, as tables have it.
  package func text(_ mean: Double, _ deviation: Double? = nil) -> String {
    NumberFormat.meanAndDeviation(mean, deviation, percent: isFraction)
  }
}
