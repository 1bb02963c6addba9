import ArgumentParser
import Benchmarking
import DirectFeedback

/// Measures a training step by several methods, interleaved in one process.
struct BenchStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Time a training step by several methods, in turn, in one process.",
    discussion: """
      Every method trains a network of its own from the same weights on the same batch. A round is ten steps of \
      each in turn, of which the last eight count; three, of which two count, where a step takes more than 0.1 \
      s. The ratio is the median over rounds of a method's time to the first method's; its limit the ratio of \
      their multiply-accumulates. The peak is that of a float32 product of square matrices.

      EXAMPLES
        dfa bench step --network mlp-784 --methods bp,dfa
        dfa bench step --depth 12 --width 1024 --batch 256
        dfa bench step --preset gcn-cora-published --rounds 100 --json
      """)

  @OptionGroup var benchmark: BenchmarkOptions

  @OptionGroup var pace: RoundOptions
  @OptionGroup var result: OutputOptions

  func run() throws {
    let methods = try pace.methods.benchmarkMethods
    let measured = try StepBenchmark(
      benchmark.subject(), methods: methods, rounds: pace.rounds, warmup: pace.warmup)
    if result.json { return try Console.json(measured) }
    Console.print(measured.table.plain)
    Console.print("peak \(NumberFormat.general(measured.peakGflops)) GFLOP/s, \(measured.rounds) rounds")
  }
}
