import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Measures speed and memory.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast the methods train.",
    discussion: """
      EXAMPLES
        dfa bench step --preset mlp-fashion-mnist --methods bp,dfa
      """,
    subcommands: [BenchStepCommand.self, BenchProjectionCommand.self])
}

/// Times a training step by several methods, interleaved in one process.
struct BenchStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Time a training step by several methods, in turn, in one process.",
    discussion: """
      Every method trains a network of its own from the same weights on the same batch. A round is ten steps of \
      each in turn, of which the last eight count. The ratio is the median over rounds of a method's time to the \
      first method's.

      EXAMPLES
        dfa bench step --preset mlp-fashion-mnist --methods bp,dfa
        dfa bench step --preset gcn-cora --rounds 100 --json
      """)

  @OptionGroup var options: ExperimentOptions

  @Option(help: "The task, where several have such a preset.")
  var task: String?

  @Option(help: "The methods, separated by commas.")
  var methods = MethodList([.bp, .dfa])

  @Option(help: "Rounds that count.")
  var rounds = 40

  @Option(help: "Rounds before them that do not.")
  var warmup = 3

  @Option(help: "The samples in a step; the preset's when not given.")
  var batch: Int?

  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard (1...1_000_000).contains(rounds), (0...1_000_000).contains(warmup) else {
      throw ValidationError("--rounds must be from 1 to 1000000, --warmup from 0 to 1000000")
    }
  }

  func run() throws {
    let preset = options.preset ?? "mlp-fashion-mnist"
    let type = try task.map(TaskLookup.task(named:)) ?? TaskLookup.task(withPreset: preset)
    try run(type)
  }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    var options = options
    options.preset = options.preset ?? "mlp-fashion-mnist"
    if let batch { options.assignments.append("training.batchSize=\(batch)") }
    let experiment = try options.experiment(type)
    let benchmark = try StepBenchmark(experiment, methods: methods.methods, rounds: rounds, warmup: warmup)
    if result.json { return try Console.json(benchmark) }
    Console.print(benchmark.table.plain)
  }
}
