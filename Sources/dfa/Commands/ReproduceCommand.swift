import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Computes a table of a paper and sets it beside the paper's.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Compute a table of the papers and set it beside theirs.",
    discussion: """
      Trains every cell by the table's methods over seeds from 0, and marks a mean that is more than two of our \
      standard deviations over seeds from the paper's figure. Each run is kept in the folder when it ends and never \
      trained again: a table that was cut goes on, more seeds only add, and runs of another configuration or \
      version do not count. --quick trains one seed for three epochs at most, into files of their own.

      EXAMPLES
        dfa list experiments
        dfa reproduce table3 --quick
        dfa reproduce table3 --seeds 20 --rows GraphConv --columns Cora,CiteSeer
        dfa reproduce tableA2 --seeds 10 --json
      """)

  @Argument(help: "The table; see \"dfa list experiments\".")
  var table: String

  @Option(help: "How many seeds. (default: 5)")
  var seeds: Int?

  @Flag(help: "One seed and a few epochs, to see that everything works.")
  var quick = false

  @Option(help: "The rows to compute, separated by commas; all when not given.")
  var rows: NameList?

  @Option(help: "The columns to compute, separated by commas; all when not given.")
  var columns: NameList?

  @Option(
    help: ArgumentHelp("The folder for TABLE.jsonl, TABLE.json and TABLE.md.", valueName: "folder"))
  var output = "reproductions"

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    try checkRange("--seeds", seeds, 1...10_000)
    if quick, seeds != nil { throw ValidationError("--quick trains one seed; leave out --seeds") }
  }

  func run() throws {
    let reproduction = try ReproductionCatalog.reproduction(named: table)
    let trainer = try ReproductionTrainer(
      reproduction, rows: rows?.names ?? [], columns: columns?.names ?? [],
      seeds: (0..<UInt64(quick ? 1 : seeds ?? 5)).map { $0 }, isQuick: quick,
      device: machine.selectedDevice(), datasets: machine.datasets)
    let folder = try ResultFolder(output)
    let computed = try trainer.run(
      in: folder.url, callbacks: { [ProgressReporter(label: $0)] }, note: Console.error)
    // Printed first: what cannot be written is not lost.
    if result.json { try Console.json(computed) } else { Console.print(text(computed, \.plain)) }
    // The files hold the whole table, as far as it was ever computed.
    let stored = try trainer.stored(in: folder.url)
    try folder.write(Console.jsonText(stored), to: "\(trainer.fileName).json")
    try folder.write(text(stored, \.markdown), to: "\(trainer.fileName).md")
  }

  private func text(_ result: ReproductionResult, _ format: (Table) -> String) -> String {
    "\(result.heading)\n\n\(format(result.comparison))\n\(result.legend)"
  }
}
