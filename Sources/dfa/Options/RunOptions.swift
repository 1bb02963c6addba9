import ArgumentParser
import DirectFeedback
import Foundation

/// A run on disk, and which of its weights.
struct RunOptions: ParsableArguments {
  /// Which weights of a run.
  enum Weights: String, CaseIterable, ExpressibleByArgument {
    case best, last
  }

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"))
  var run: String

  @Option(help: "Which weights: best (of the best epoch) or last.")
  var weights = Weights.last

  @OptionGroup var machine: MachineOptions

  var folder: RunFolder { RunFolder(URL(fileURLWithPath: run)) }

  /// A trainer with the run's weights and feedback.
  func trainer<Task: TrainingTask>(_ task: Task.Type) throws -> Trainer<Task> {
    try folder.trainer(task, weights: weights, machine)
  }
}

extension RunFolder {
  /// A trainer with the run's weights and feedback.
  func trainer<Task: TrainingTask>(
    _ task: Task.Type, weights: RunOptions.Weights, _ machine: MachineOptions
  ) throws -> Trainer<Task> {
    let record: RunRecord<Task.Configuration> = try record()
    let trainer = try Experiment<Task>.trainer(
      record, device: machine.selectedDevice(), datasets: machine.datasets)
    try trainer.loadForMeasuring(Checkpoint(contentsOf: weights == .best ? bestCheckpoint : lastCheckpoint))
    return trainer
  }
}

extension RunHeader {
  /// What to call the run beside others.
  var title: String { "\(preset) \(method.title) seed \(seed)" }
}
