import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Computes a table of a paper and sets it beside the paper's, or draws a figure.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Compute a table of the papers and set it beside theirs, or draw a figure.",
    discussion: """
      Trains every cell by the table's methods over seeds from 0, and marks a mean that is more than two of our \
      standard deviations over seeds from the paper's figure. Each run is kept in the folder when it ends and never \
      trained again, and a long one every half minute while it lasts: a table that was interrupted is resumed, more seeds only \
      add, the same command started several times at once (--threads 1) shares the runs, and runs of another \
      configuration or version do not count. --set changes every cell, such as the number of epochs, and the table's \
      title says so. --quick trains one seed for three epochs at most, into files of their own. A table over sizes is \
      drawn too, as curves on a page.

      A figure trains seed 0 by each method into run folders, FIGURE/PRESET-METHOD-0, where a run that \
      was interrupted is resumed and a finished one stays; it is drawn as page, SVG, PNG and points, with a table.

      EXAMPLES
        dfa list experiments
        dfa reproduce table3 --quick
        dfa reproduce table3 --seeds 20 --rows GraphConv --columns Cora,CiteSeer
        dfa reproduce tableA2 --seeds 10 --json
        dfa reproduce table4-2019 --seeds 1 --set training.epochs=10
        dfa reproduce figure2
      """)

  @Argument(help: "The table or figure; see \"dfa list experiments\".", completion: .experiments)
  var table: String

  @Option(help: "How many seeds. (default: 5)")
  var seeds: Int?

  @Flag(help: "One seed and a few epochs, to see that everything works.")
  var quick = false

  @Option(parsing: .singleValue, help: "The rows to compute, separated by commas; all when not given.")
  var rows: [NameList] = []

  @Option(parsing: .singleValue, help: "The columns to compute, separated by commas; all when not given.")
  var columns: [NameList] = []

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A key of the configuration and its value, which override every cell's.", valueName: "key=value"))
  var assignments: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder for runs.jsonl, TABLE.json, .md and, of curves, .html, or FIGURE.html, .svg, .png, .csv, .json and .md.",
      valueName: "folder"), completion: .directory)
  var output = OutputPath("reproductions")

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    try checkRange("--seeds", seeds, 1...10_000)
    if quick, seeds != nil { throw ValidationError("--quick trains one seed; leave out --seeds") }
  }

  func run() throws {
    if let figure = families.figure(named: table) { return try draw(figure) }
    let reproduction = try families.reproduction(named: table).setting(assignments)
    let trainer = try ReproductionTrainer(
      reproduction, rows: rows.flatMap(\.names), columns: columns.flatMap(\.names),
      seeds: (0..<UInt64(quick ? 1 : seeds ?? 5)).map { $0 }, isQuick: quick,
      device: machine.selectedDevice(), datasets: machine.datasets)
    let folder = try ResultFolder(output.url)
    let computed = try interruptible(advice(keptIn: output.path)) {
      try trainer.run(in: folder.url, callbacks: { [ProgressReporter(label: $0)] }, note: Console.error)
    }
    // Printed first: what cannot be written is not lost.
    if result.json { try Console.json(computed) } else { Console.print(text(computed, \.plain)) }
    // The files hold the whole table, as far as it was ever computed.
    let stored = try trainer.stored(in: folder.url)
    try folder.write(json: stored, to: "\(trainer.fileName).json")
    try folder.write(text(stored, \.markdown), to: "\(trainer.fileName).md")
    guard !stored.charts.isEmpty else { return }
    var page = ReportDocument(title: stored.heading, plotly: machine.datasets.plotly)
    page.table(stored.comparison)
    page.paragraph(stored.legend)
    page.keyValues(Provenance.current.facts)
    for chart in stored.charts { page.chart(chart) }
    try page.write(to: folder.url.appendingPathComponent("\(trainer.fileName).html"))
  }

  private func draw(_ figure: ActivationFigure) throws {
    let ofTables = [
      ("--seeds", seeds != nil), ("--rows", !rows.isEmpty), ("--columns", !columns.isEmpty),
      ("--set", !assignments.isEmpty),
    ]
    if let option = ofTables.first(where: \.1) {
      throw ConfigurationError.value(key: option.0, reason: "is for tables, and \(figure.name) is a figure")
    }
    let reproduced = try ReproducedFigure(
      figure, isQuick: quick, device: machine.selectedDevice(), datasets: machine.datasets)
    let made = try interruptible(advice(keptIn: output.path)) {
      try reproduced.make(
        in: ResultFolder(output.url), keepsThreads: machine.threads != nil, showsProgress: true)
    }
    if result.json { return try Console.json(made) }
    Console.print("\(reproduced.heading)\n\n\(made.table.plain)")
    for file in made.files.values.sorted() { Console.print(file) }
  }

  private func text(_ result: ReproductionResult, _ format: (Table) -> String) -> String {
    "\(result.heading)\n\n\(format(result.comparison))\n\(result.legend)"
  }
}
