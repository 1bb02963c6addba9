import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Computes the metrics of a run's weights.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compute the metrics of a run's weights.",
    discussion: """
      EXAMPLES
        dfa evaluate runs/image-mlp-fashion-mnist-dfa-0
        dfa evaluate runs/image-mlp-fashion-mnist-dfa-0 --weights best --json
      """)

  @OptionGroup var options: RunOptions
  @OptionGroup var result: OutputOptions

  func run() throws { try run(families.task(of: options.folder)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let trainer = try options.trainer(type)
    let metrics = try Split.allCases.reduce(into: [:]) { metrics, split in
      metrics.merge(try trainer.evaluate(split)) { $1 }
    }
    if result.json {
      return try Console.json(Result(run: options.run, weights: options.weights.rawValue, metrics: metrics))
    }
    for (name, value) in metrics.sorted(by: { $0.key < $1.key }) {
      Console.print("\(name) \(NumberFormat.general(value))")
    }
  }

  private struct Result: Encodable {
    let run: String
    let weights: String
    let metrics: [String: Double]
  }
}
