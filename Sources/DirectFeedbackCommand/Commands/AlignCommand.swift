import ArgumentParser
import DirectFeedback
import Foundation

/// Measures the alignment of a run's signals with backpropagation's.
struct AlignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Measure how well a run's learning signals agree with backpropagation's.",
    discussion: """
      For every feedback point: the mean and standard deviation over rows of the cosine between the method's signal and backpropagation's, \
      in evaluation mode, from one forward and one backward pass. Rows without a signal are left out and counted.

      EXAMPLES
        dfa align runs/graph-gcn-cora-dfa-0
        dfa align runs/graph-gcn-cora-dfa-0 --weights best --json
      """)

  @OptionGroup var options: RunOptions
  @OptionGroup var result: OutputOptions

  func run() throws { try run(families.task(of: options.folder)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let alignment = try options.trainer(type).measureAlignment()
    if result.json { return try Console.json(Result(run: options.run, alignment: alignment)) }
    if alignment.isEmpty {
      return Console.print("This run's method sends no feedback, so there is nothing to align.")
    }
    Console.print(alignment.table.plain)
  }

  private struct Result: Encodable {
    let run: String
    let alignment: [PointAlignment]
  }
}
