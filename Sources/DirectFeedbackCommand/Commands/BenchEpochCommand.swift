import ArgumentParser
import Benchmarking
import DirectFeedback

/// Measures an epoch of a preset by several methods, interleaved in one process.
struct BenchEpochCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epoch",
    abstract: "Time an epoch of a preset, steps and evaluation, by several methods, in turn, in one process.",
    discussion: """
      Every method trains a network of its own from the same weights on the preset's data; after the steps of an \
      epoch the metrics are read as in training. A round is ten epochs of each in turn, of which the last eight \
      count; three, of which two count, where one takes more than 0.1 s, and one where it takes more than a second. \
      The ratio is the median over rounds of a method's time to the first method's.

      EXAMPLES
        dfa bench epoch --preset gcn-cora-published
        dfa bench epoch --preset gat-pubmed --methods bp,dfa,dfa+fused --rounds 10 --json
      """)

  @Option(help: "The task, where several have such a preset.", completion: .tasks)
  var task: String?

  @OptionGroup var options: ExperimentOptions
  @OptionGroup var benchmark: RoundOptions
  @OptionGroup var result: OutputOptions

  func run() throws {
    let preset = options.preset ?? "gcn-cora-published"
    let type = try task.map(families.task(named:)) ?? families.task(withPreset: preset)
    let measured = try epochs(of: type, preset)
    if result.json { return try Console.json(measured) }
    Console.print(measured.table.plain)
    Console.print(measured.summary)
  }

  private func epochs<Task: TrainingTask>(of type: Task.Type, _ preset: String) throws -> EpochBenchmark {
    var options = options
    options.preset = preset
    return try EpochBenchmark(
      BenchmarkSubject(options.experiment(type)), methods: benchmark.methods.benchmarkMethods,
      rounds: benchmark.rounds, warmup: benchmark.warmup)
  }
}
