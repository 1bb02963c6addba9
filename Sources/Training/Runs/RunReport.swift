import FeedbackAlignment
import Foundation
import Reports
import Yams

/// A page about one run, or about several beside each other.
public struct RunReport {
  private struct Run {
    let folder: RunFolder
    let header: RunHeader
    let metrics: [TrainingRecord]
    let result: TrainingResult?
    let pictures: TaskPictures?
    /// What it is called beside the others.
    var name: String

    init(_ folder: RunFolder) throws {
      self.folder = folder
      header = try folder.header()
      metrics = try folder.metrics()
      result = try folder.result()
      pictures = try result.flatMap { _ in try TaskPictures(in: folder.picturesFolder) }
      name = header.title
    }
  }

  private var document: ReportDocument

  /// The page of runs: a table of what they reached, what to conclude, what their weights show, the settings that differ between
  /// them, what made them, and a chart of each metric by epoch or step.
  /// - Parameters:
  ///   - folders: The runs.
  ///   - metrics: Those of the runs' tasks, the one that is reported first at the beginning.
  ///   - plotly: The script that draws the charts; without it they are still pictures.
  /// - Throws: ``RunError`` when a folder holds no run or a damaged one.
  public init(_ folders: [RunFolder], metrics: [Metric], plotly: URL?) throws {
    var runs = try folders.map(Run.init)
    // Runs of one preset, method and seed, such as with other settings, are told apart by their folders.
    let titles = runs.map(\.name)
    for index in runs.indices where titles.count(where: { $0 == titles[index] }) > 1 {
      runs[index].name += " in \(folders[index].url.lastPathComponent)"
    }
    document = ReportDocument(title: runs.map(\.name).joined(separator: ", "), plotly: plotly)
    document.heading("Results")
    document.table(Self.table(runs, metrics))
    let settings = try Self.differingSettings(runs)
    if let metric = metrics.first { document.paragraph(Self.conclusion(runs, metric, settings)) }
    document.pictures(runs.compactMap { run in run.pictures.map { (run.name, $0) } })
    if runs.count > 1, !settings.isEmpty {
      document.table(
        settings.table(runs.map { ($0.name, $0.name) }), caption: "Settings that differ between the runs")
    }
    document.keyValues(Self.facts(runs))
    addCharts(runs, metrics)
  }

  /// Writes the page.
  /// - Throws: `FileError`.
  public func write(to url: URL) throws { try document.write(to: url) }

  /// A row for each run: what its selected weights reached, and their alignment.
  private static func table(_ runs: [Run], _ metrics: [Metric]) -> Table {
    let names = Set(runs.flatMap { $0.result?.metrics.keys.map { $0 } ?? [] })
    // The test before the rest, and there the metric that is reported first.
    let order = [Split.test, .validation, .training].flatMap { split in metrics.map { $0.name(on: split) } }
    let columns = order.filter(names.contains) + names.subtracting(order).sorted()
    let shown = columns.map { ($0, metric: RecordedMetric($0, of: metrics)) }
    let points = runs.first { $0.result?.alignment.isEmpty == false }?.result?.alignment.map(\.point) ?? []
    let alignment = points.isEmpty ? [] : ["alignment (\(points.joined(separator: ", ")))"]
    return Table(
      columns: [TableColumn("run")]
        + (["of"] + shown.map(\.metric.label) + alignment).map { TableColumn($0, .right) },
      rows: runs.map { run in
        let figures = shown.map { name, metric in run.result?.metrics[name].map { metric.text($0) } ?? "–" }
        let cosines = run.result?.alignment.map { $0.mean.map { String(format: "%.2f", $0) } ?? "–" } ?? []
        let moment = run.result?.moment ?? run.metrics.last.map { "unfinished, \($0.moment)" } ?? "not begun"
        return [run.name, moment] + figures
          + (points.isEmpty ? [] : [cosines.isEmpty ? "–" : cosines.joined(separator: ", ")])
      })
  }

  /// The keys in which the configurations of runs differ.
  private static func differingSettings(_ runs: [Run]) throws -> [DifferingSetting] {
    [DifferingSetting](
      runs.map { run in
        let text = try? String(contentsOf: run.folder.recordFile, encoding: .utf8)
        let tree = text.flatMap { try? Yams.compose(yaml: $0) }
        return (run.name, tree?["configuration"] ?? Node(""))
      })
  }

  /// What runs allow to conclude: those of one task, preset and method differ by their seeds, where they have one setting.
  private static func conclusion(
    _ runs: [Run], _ metric: Metric, _ settings: [DifferingSetting]
  ) -> String {
    let name = metric.name(on: .test)
    guard runs.allSatisfy({ $0.result?.metrics[name] != nil }) else {
      return
        "Not every run has come to its end, so there is nothing to conclude yet. Its curves are those of the training so "
        + "far."
    }
    guard runs.count > 1 else {
      return
        "This is one run: it says what the method reaches with these settings and this seed, not how another seed or method "
        + "would do. The figures are of the weights that training selected, at \(runs[0].result?.moment ?? "its end")."
    }
    let groups = Dictionary(grouping: runs, by: \.header.method)
    // Seeds can be compared where every method has one run for each, of one setting and data.
    let isPaired = groups.values.allSatisfy { group in
      Set(group.map(\.header.seed)).count == group.count
        && settings.allSatisfy { setting in Set(group.map { setting.values[$0.name] }).count == 1 }
    }
    guard isPaired, Set(runs.map { "\($0.header.task) \($0.header.data)" }).count == 1 else {
      return
        "These runs are not one for each method and seed on the same data, so nothing is claimed of the methods. The table "
        + "shows what each run reached, and which settings differ."
    }
    let methods = groups.sorted { $0.key < $1.key }.map { method, runs in
      Conclusion.Figures(
        title: method.title,
        values: Dictionary(runs.map { ($0.header.seed, $0.result?.metrics[name] ?? .nan) }) { $1 })
    }
    return Conclusion(metric: metric, methods: methods, differences: settings.isEmpty ? [] : .settings).text
  }

  private static func facts(_ runs: [Run]) -> [(key: String, value: String)] {
    func all(_ value: (RunHeader) -> String) -> String {
      let values = runs.map { value($0.header) }
      return Set(values).count == 1 ? values[0] : values.joined(separator: "; ")
    }
    let made = Provenance.current.facts.filter { $0.key != "versions" }
    return [
      ("task", all(\.task)), ("preset", all(\.preset)), ("device", all(\.device)),
      ("threads in training", all { "\($0.threads)" }), ("versions", all { "\($0.versions)" }),
    ] + made.map { ("\($0.key) of this page", $0.value) }
      + [("folders", runs.map(\.folder.url.lastPathComponent).joined(separator: ", "))]
  }

  private mutating func addCharts(_ runs: [Run], _ metrics: [Metric]) {
    let axis = runs.flatMap(\.metrics).axis
    document.heading("Curves")
    for name in Set(runs.flatMap { $0.metrics.flatMap(\.metrics.keys) }).sorted() {
      let metric = RecordedMetric(name, of: metrics)
      let series = runs.map { run in
        let evaluated = run.metrics.filter { $0.metrics[name] != nil }
        return Series(
          name: run.name, x: evaluated.map(\.position),
          y: evaluated.compactMap { $0.metrics[name].map(metric.shown) })
      }
      document.chart(LineChart(title: metric.title, xLabel: axis, yLabel: metric.label, series: series))
    }
  }
}
