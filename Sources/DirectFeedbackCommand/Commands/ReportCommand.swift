import ArgumentParser
import DirectFeedback
import Foundation

/// Writes a page with the curves of runs.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a self-contained HTML page about one run or several.",
    discussion: """
      EXAMPLES
        dfa report runs/graph-gcn-cora-dfa-0
        dfa report runs/graph-gcn-cora-bp-0 runs/graph-gcn-cora-dfa-0 --output comparison.html
      """)

  @Argument(help: ArgumentHelp("The folders of runs.", valueName: "run"), completion: .directory)
  var runs: [String]

  @Option(
    help: ArgumentHelp("The page; report.html in the first run when not given.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: OutputPath?

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func run() throws {
    let folders = runs.map { RunFolder(URL(fileURLWithPath: $0)) }
    guard let first = folders.first else { return }
    let page = output?.url ?? first.reportFile
    var metrics: [Metric] = []
    for metric in try folders.flatMap({ try families.task(of: $0).metrics }) where !metrics.contains(metric) {
      metrics.append(metric)
    }
    try RunReport(folders, metrics: metrics, plotly: machine.datasets.plotly).write(to: page)
    if result.json { return try Console.json(["report": page.path]) }
    Console.print("report: \(page.path)")
  }
}
