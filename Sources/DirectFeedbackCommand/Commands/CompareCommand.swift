import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Trains a task by several methods from the same initial weights.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train by several methods over several seeds and compare them.",
    discussion: """
      For each seed every method starts from the same weights, where its settings make the same network. Metrics \
      and alignment are those of the weights that the configuration selects: metrics as mean and standard deviation over \
      seeds, alignment pooled over seeds.

      With --output each run is kept in the folder when it ends, in runs.jsonl, and never trained again: a comparison \
      that was interrupted is resumed, more seeds and methods only add, and the same command started several times at once \
      shares the runs.

      EXAMPLES
        dfa compare graph --preset gcn-cora --methods bp,dfa,shallow --seeds 20
        dfa compare image --preset debug --json
        dfa compare image --set training.epochs=5 --output comparison
      """)

  @Argument(help: "The task; see \"dfa list tasks\".", completion: .tasks)
  var task: String

  @OptionGroup var options: ExperimentOptions

  @Option(help: "The methods, separated by commas.", completion: .methodLists)
  var methods = NameList(MethodName.launay2020)

  @OptionGroup var seeds: SeedOptions

  @Option(
    help: ArgumentHelp(
      "A folder for runs.jsonl, comparison.json, comparison.md and report.html.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath?

  @OptionGroup var result: OutputOptions

  func run() throws { try run(families.task(named: task)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let experiment = try options.experiment(type)
    let folder = try output.map { try ResultFolder($0.url) }
    let comparison = try interruptible(advice(keptIn: output?.path)) {
      try Comparison(experiment, methods: methods.methods, seeds: seeds.all, in: folder?.url) {
        method, seed in
        [ProgressReporter(label: "\(experiment.preset) \(method.rawValue) seed \(seed)")]
      } waiting: {
        Console.error("waits for what another process is training for this comparison")
      }
    }
    // Printed first: what cannot be written is not lost.
    if result.json {
      try Console.json(comparison)
    } else {
      Console.print(comparison.text(Task.primaryMetric, \.plain))
    }
    if let folder { try write(comparison, type, to: folder) }
    for line in comparison.failureLines { Console.error(line) }
    if let failed = comparison.failureLines.first {
      throw RunsFailed(count: comparison.failureLines.count, first: failed)
    }
  }

  private func write<Task: TrainingTask>(
    _ comparison: Comparison, _ type: Task.Type, to folder: ResultFolder
  ) throws {
    try folder.write(json: comparison, to: "comparison.json")
    try folder.write(comparison.text(Task.primaryMetric, \.markdown), to: "comparison.md")
    var report = ReportDocument(
      title: "\(comparison.preset): methods compared", plotly: options.machine.datasets.plotly)
    comparison.add(to: &report, Task.primaryMetric)
    try report.write(to: folder.url.appendingPathComponent("report.html"))
  }
}
