import ArgumentParser
import Benchmarking
import DirectFeedback
import Foundation

/// Measures how the memory of a step grows with depth.
struct BenchMemoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "Measure the memory of a training step against the depth of a perceptron.",
    discussion: """
      The peak memory while the gradients of one step are computed, beyond what was allocated before: activations \
      and gradients, not parameters, data or the optimizer's state.

      EXAMPLES
        dfa bench memory
        dfa bench memory --depths 16,32,64 --width 512 --batch 1024 --output memory.html
      """)

  @Option(help: ArgumentHelp("Hidden layers, separated by commas.", valueName: "numbers"))
  var depths = "16,32,64,128"

  @Option(help: "The width of the layers.")
  var width = 1_024

  @Option(help: "The rows of a batch.")
  var batch = 4_096

  @Option(
    help: "The methods, separated by commas; a method may have options: METHOD+OPTION.",
    completion: .methodLists)
  var methods = NameList(argument: "bp,dfa")

  @Option(
    help: ArgumentHelp("A page for the table as a chart.", valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var output: OutputPath?

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    let numbers = depths.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.allSatisfy({ (1...10_000).contains($0 ?? 0) }) else {
      throw ValidationError("--depths must be numbers from 1 to 10000 separated by commas, not '\(depths)'")
    }
    try checkRange("--width", width, 1...maximumWidth)
    try checkRange("--batch", batch, 1...100_000_000)
  }

  func run() throws {
    let measured = try MemoryBenchmark(
      depths: depths.split(separator: ",").compactMap { Int($0) }, width: width, batch: batch,
      methods: methods.benchmarkMethods, device: machine.selectedDevice())
    // Printed first: what cannot be written is not lost.
    if result.json { try Console.json(measured) } else { Console.print(measured.table.plain) }
    if let output {
      var report = ReportDocument(title: "Memory of a training step", plotly: machine.datasets.plotly)
      report.chart(measured.chart)
      try report.write(to: output.url)
    }
  }
}
