import ArgumentParser
import DirectFeedback
import Foundation

/// A run on disk, and which of its weights.
struct RunOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"), completion: .directory)
  var run: String

  @Option(help: "Which weights: best (of the best epoch) or last.")
  var weights = RunWeights.last

  @OptionGroup var machine: MachineOptions

  var folder: RunFolder { RunFolder(URL(fileURLWithPath: run)) }

  /// A trainer with the run's weights and feedback.
  func trainer<Task: TrainingTask>(_ task: Task.Type) throws -> Trainer<Task> {
    try folder.trainer(
      task, weights: weights, device: machine.selectedDevice(), datasets: machine.datasets)
  }
}

extension RunWeights: ExpressibleByArgument {}
