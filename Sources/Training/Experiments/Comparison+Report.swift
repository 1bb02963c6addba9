import Basics
import FeedbackAlignment
import Foundation
import Reports

extension Comparison {
  /// A row for each method: the metric, the network's parameters, time, memory, what methods count, and alignment at each
  /// point.
  public func table(_ metric: Metric, on split: Split = .test) -> Table {
    let points = orderedMethods.first { $0.method.alignment != nil }?.method.alignment?.map(\.point) ?? []
    let hasBP = orderedMethods.contains { $0.method.metrics["stepsByBP"] != nil }
    let numbers =
      [metric.title(on: split), "parameters", "time of an epoch", "of a step", "memory"]
      + (hasBP ? ["steps by BP"] : [])
    let alignmentTitle = points.isEmpty ? [] : ["alignment (\(points.joined(separator: ", ")))"]
    return Table(
      columns: [TableColumn("method")] + (numbers + alignmentTitle).map { TableColumn($0, .right) },
      rows: orderedMethods.map { name, method in
        let value = method.metrics[metric.name(on: split)].map {
          NumberFormat.meanAndDeviation($0.mean, seeds.count > 1 ? $0.std : nil, percent: metric.isFraction)
        }
        let alignment = method.alignment?.map { $0.mean.map { String(format: "%.2f", $0) } ?? "–" }
        let stepsByBP = method.metrics["stepsByBP"].map { NumberFormat.meanAndDeviation($0.mean, nil) } ?? "–"
        let row =
          [
            name.title, value ?? "–", "\(method.parameters)",
            method.secondsPerEpoch.map(NumberFormat.seconds) ?? "–",
            NumberFormat.seconds(method.secondsPerStep.median), NumberFormat.bytes(method.peakBytes),
          ] + (hasBP ? [stepsByBP] : [])
        return points.isEmpty ? row : row + [alignment?.joined(separator: ", ") ?? "–"]
      })
  }

  /// A line for each run that failed.
  public var failureLines: [String] {
    failures.sorted { $0.key < $1.key }.flatMap { method, seeds in
      seeds.sorted { $0.key < $1.key }.map { "\(preset) \(method) seed \($0.key): \($0.value)" }
    }
  }

  /// The settings in which the methods differ; nil where they have the same.
  public var settingsTable: Table? {
    guard !settings.isEmpty else { return nil }
    return settings.table(orderedMethods.map { ($0.name.rawValue, $0.name.title) })
  }

  /// The table, the settings that differ, where some do, and what to conclude, as text.
  /// - Parameters:
  ///   - metric: What is shown and compared, on the test data.
  ///   - format: How tables are written.
  public func text(_ metric: Metric, _ format: (Table) -> String) -> String {
    let tables = [table(metric), settingsTable].compactMap(\.self).map(format)
    return (tables + [conclusion(metric)]).joined(separator: "\n")
  }

  /// The mean of a metric in the course of training for each method, with the deviation over seeds.
  /// - Parameter name: The metric's name in records, such as `validationAccuracy`.
  public func chart(_ name: String) -> LineChart {
    let metric = RecordedMetric(name, of: metrics)
    let axis = methods.values.flatMap { $0.history.joined() }.axis
    return LineChart(
      title: "\(preset): \(metric.title)", xLabel: axis, yLabel: metric.label,
      series: orderedMethods.compactMap { method, reached in
        let evaluated = reached.history.map { $0.filter { $0.metrics[name] != nil } }
        let length = evaluated.map(\.count).min() ?? 0
        guard length > 0 else { return nil }
        let points = (0..<length).map { index in
          Statistics(evaluated.compactMap { $0[index].metrics[name].map(metric.shown) })
        }
        return Series(
          name: method.title, x: evaluated[0].prefix(length).map(\.position), y: points.map(\.mean),
          band: seeds.count > 1 ? points.map(\.std) : nil)
      },
      note: seeds.count > 1
        ? "Lines: the mean over \(seeds.count) seeds. Bands: one standard deviation over seeds to either side."
        : nil)
  }

  /// The alignment at each point, with the deviation over rows; nil when no method has feedback.
  public var alignmentChart: BarChart? {
    let aligned = orderedMethods.compactMap { name, method in method.alignment.map { (name, $0) } }
    guard let points = aligned.first?.1.map(\.point) else { return nil }
    return BarChart(
      title: "\(preset): alignment with backpropagation", xLabel: "feedback point", yLabel: "cosine",
      categories: points,
      bars: aligned.map { name, alignment in
        BarSeries(
          name: name.title, values: alignment.map { $0.mean ?? .nan },
          deviations: alignment.map { $0.std ?? 0 })
      },
      note:
        "Bars: the mean cosine between the method's signal and backpropagation's, over all rows (images or nodes) and seeds; "
        + "1 is the same direction, 0 none in common. Whiskers: one standard deviation over rows to either side."
    )
  }

  /// Adds what was reached to a report: the table, what to conclude, and the settings that differ.
  public func addResults(to report: inout ReportDocument, _ metric: Metric) {
    report.heading("\(task) \(preset)")
    report.table(table(metric))
    for line in failureLines { report.paragraph("Failed: \(line)") }
    report.paragraph(conclusion(metric))
    if let settingsTable { report.table(settingsTable, caption: "Settings that differ between the methods") }
    report.paragraph(
      "\(seeds.count) seed\(seeds.count == 1 ? "" : "s") from \(seeds[0]) on \(device); every method starts from "
        + "the same weights, where its settings make the same network. \(metric.title(on: .test)): of the weights that training "
        + "selected\(seeds.count == 1 ? "" : ", mean ± standard deviation over seeds"). Times of training, without evaluation, are "
        + "medians; memory: peak bytes of tensors; steps by BP: those until the selected weights; alignment: the mean cosine between a method's signal and backpropagation's."
    )
    report.pictures(orderedMethods.compactMap { name, method in method.pictures.map { (name.title, $0) } })
  }

  /// Adds the curves of training and the alignment to a report.
  public func addCharts(to report: inout ReportDocument, _ metric: Metric) {
    report.heading("\(task) \(preset): curves")
    for name in ["trainLoss", metric.name(on: .validation)] { report.chart(chart(name)) }
    if let alignmentChart { report.chart(alignmentChart) }
  }

  /// Adds the whole comparison to a report.
  public func add(to report: inout ReportDocument, _ metric: Metric) {
    addResults(to: &report, metric)
    report.keyValues(provenance.facts)
    addCharts(to: &report, metric)
  }
}
