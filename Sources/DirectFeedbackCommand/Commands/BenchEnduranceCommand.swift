import ArgumentParser
import Benchmarking
import DirectFeedback

/// Shows whether memory grows over many steps.
struct BenchEnduranceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endurance",
    abstract: "Train a small network for many steps and watch the memory.",
    discussion: """
      A perceptron 32-64-64-10 on a batch of 32. A line for each sample: the step, the resident memory of the \
      process, the bytes of tensors alive. Growth is the last sample less the first.

      EXAMPLES
        dfa bench endurance
        dfa bench endurance --steps 1000000 --every 50000 --method bp --json
      """)

  @Option(help: "Steps in all.")
  var steps = 200_000

  @Option(help: "Steps between samples.")
  var every = 10_000

  @Option(help: "The method, which may have options: METHOD+OPTION.", completion: .methodLists)
  var method = "dfa"

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    try checkRange("--steps", steps, 1...1_000_000_000)
    try checkRange("--every", every, 1...1_000_000_000)
  }

  func run() throws {
    let method = try BenchmarkMethod(parsing: method)
    let endurance = try EnduranceBenchmark(
      method, steps: steps, every: every, device: machine.selectedDevice()
    ) { sample in
      let resident = sample.residentBytes.map(NumberFormat.bytes) ?? "?"
      Console.error(
        "step \(sample.step)  resident \(resident)  tensors \(NumberFormat.bytes(sample.aliveBytes))")
    }
    if result.json { return try Console.json(endurance) }
    Console.print(endurance.table.plain)
  }
}
