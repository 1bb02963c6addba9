import Basics
import FeedbackAlignment
import Foundation
import Reports

extension Comparison {
  /// A row for each method: the metric, time, memory, and alignment at each point.
  public func table(_ metric: Metric, on split: Split = .test) -> Table {
    let points = orderedMethods.first { $0.method.alignment != nil }?.method.alignment?.map(\.point) ?? []
    let numbers = [metric.title(on: split), "epoch", "step", "memory"]
    let alignmentTitle = points.isEmpty ? [] : ["alignment (\(points.joined(separator: ", ")))"]
    return Table(
      columns: [TableColumn("method")] + (numbers + alignmentTitle).map { TableColumn($0, .right) },
      rows: orderedMethods.map { name, method in
        let value = method.metrics[metric.name(on: split)].map {
          NumberFormat.meanAndDeviation($0.mean, seeds.count > 1 ? $0.std : nil, percent: metric.isFraction)
        }
        let alignment = method.alignment?.map { $0.mean.map { String(format: "%.2f", $0) } ?? "–" }
        let row = [
          name.title, value ?? "–", method.secondsPerEpoch.map(NumberFormat.seconds) ?? "–",
          NumberFormat.seconds(method.secondsPerStep.median), NumberFormat.bytes(method.peakBytes),
        ]
        return points.isEmpty ? row : row + [alignment?.joined(separator: ", ") ?? "–"]
      })
  }

  /// A line for each run that failed.
  public var failureLines: [String] {
    failures.sorted { $0.key < $1.key }.flatMap { method, seeds in
      seeds.sorted { $0.key < $1.key }.map { "\(preset) \(method) seed \($0.key): \($0.value)" }
    }
  }

  /// The mean of a metric in the course of training for each method, with the deviation over seeds.
  public func chart(_ metric: String) -> LineChart {
    LineChart(
      title: "\(preset): \(metric)", xLabel: methods.values.flatMap { $0.history.joined() }.axis,
      yLabel: metric,
      series: orderedMethods.compactMap { name, method in
        let evaluated = method.history.map { $0.filter { $0.metrics[metric] != nil } }
        let length = evaluated.map(\.count).min() ?? 0
        guard length > 0 else { return nil }
        let points = (0..<length).map { index in
          Statistics(evaluated.compactMap { $0[index].metrics[metric] })
        }
        return Series(
          name: name.title, x: evaluated[0].prefix(length).map(\.position),
          y: points.map(\.mean),
          band: seeds.count > 1 ? points.map(\.std) : nil)
      })
  }

  /// The alignment at each point, with the deviation over rows; nil when no method has feedback.
  public var alignmentChart: BarChart? {
    let aligned = orderedMethods.compactMap { name, method in method.alignment.map { (name, $0) } }
    guard let points = aligned.first?.1.map(\.point) else { return nil }
    return BarChart(
      title: "\(preset): alignment with backpropagation", xLabel: "point", yLabel: "cosine",
      categories: points,
      bars: aligned.map { name, alignment in
        BarSeries(
          name: name.title, values: alignment.map { $0.mean ?? .nan },
          deviations: alignment.map { $0.std ?? 0 })
      })
  }

  /// Adds the comparison to a report.
  public func add(to report: inout ReportDocument, _ metric: Metric) {
    report.heading("\(task) \(preset)")
    report.paragraph(
      "\(seeds.count) seed\(seeds.count == 1 ? "" : "s") from \(seeds[0]) on \(device); every method starts from "
        + "the same weights, where its settings make the same network. Time of training in an epoch and of a step, "
        + "both medians; memory: peak bytes of tensors; alignment: the mean cosine between a method's signal and backpropagation's."
    )
    report.table(table(metric))
    for line in failureLines { report.paragraph("Failed: \(line)") }
    for name in ["trainLoss", metric.name(on: .validation)] { report.chart(chart(name)) }
    if let alignmentChart { report.chart(alignmentChart) }
  }
}
