import FeedbackAlignment
import Foundation
import Reports

/// A page about one run, or about several beside each other.
public struct RunReport {
  private var document: ReportDocument

  /// The page of runs, with their settings, results and a chart of each metric by epoch or step.
  /// - Parameters:
  ///   - folders: The runs.
  ///   - plotly: The script that draws the charts; without it the page has their numbers alone.
  /// - Throws: ``RunError`` when a folder holds no run or a damaged one.
  public init(_ folders: [RunFolder], plotly: URL?) throws {
    let runs = try folders.map {
      (folder: $0, header: try $0.header(), metrics: try $0.metrics(), result: try $0.result())
    }
    let names = runs.map(\.header.title)
    document = ReportDocument(title: names.joined(separator: ", "), plotly: plotly)
    for (run, name) in zip(runs, names) {
      document.heading(name)
      document.keyValues([
        ("task", run.header.task), ("preset", run.header.preset), ("method", run.header.method.title),
        ("seed", "\(run.header.seed)"), ("device", run.header.device), ("threads", "\(run.header.threads)"),
        ("versions", "\(run.header.versions)"),
        ("trained", run.metrics.last?.moment ?? "not yet"), ("folder", run.folder.url.lastPathComponent),
      ])
      guard let result = run.result else { continue }
      document.heading("Result, \(result.moment)")
      document.keyValues(
        result.metrics.sorted { $0.key < $1.key }.map { ($0.key, NumberFormat.general($0.value)) }
          + result.alignment.compactMap { point in
            point.mean.map { ("alignment of \(point.point)", NumberFormat.general($0)) }
          })
    }
    let axis = runs.flatMap(\.metrics).axis
    let metrics = Set(runs.flatMap { $0.metrics.flatMap(\.metrics.keys) }).sorted()
    document.heading("Curves")
    for metric in metrics {
      let series = zip(runs, names).map { run, name in
        let evaluated = run.metrics.filter { $0.metrics[metric] != nil }
        return Series(
          name: name, x: evaluated.map(\.position),
          y: evaluated.compactMap { $0.metrics[metric] })
      }
      document.chart(
        LineChart(title: metric, xLabel: axis, yLabel: metric, series: series))
    }
  }

  /// Writes the page.
  /// - Throws: `FileError`.
  public func write(to url: URL) throws { try document.write(to: url) }
}
