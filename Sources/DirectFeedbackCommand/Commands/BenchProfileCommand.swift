import ArgumentParser
import Benchmarking
import DirectFeedback

/// Measures where the time of a step goes.
struct BenchProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Measure where the time of a training step goes.",
    discussion: """
      Every operation of some steps is recorded, which slows them a little; on CUDA the device is waited for \
      after each. Shares are medians over steps.

      EXAMPLES
        dfa bench profile --network mlp-784 --method dfa
        dfa bench profile --preset gcn-cora-published --method bp --steps 100 --json
      """)

  @OptionGroup var benchmark: BenchmarkOptions

  @Option(help: "The method, which may have options: METHOD+OPTION.", completion: .methodLists)
  var method = "dfa"

  @Option(help: "Steps to record.")
  var steps = 10

  @OptionGroup var result: OutputOptions

  func validate() throws { try checkRange("--steps", steps, 1...100_000) }

  func run() throws {
    let method = try BenchmarkMethod(parsing: method)
    let profile = try StepProfile(benchmark.subject(), method: method, steps: steps)
    if result.json { return try Console.json(profile) }
    Console.print(profile.table.plain)
  }
}
