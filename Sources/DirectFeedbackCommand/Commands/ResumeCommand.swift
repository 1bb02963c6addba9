import ArgumentParser
import DirectFeedback
import Foundation

/// Goes on with a run that was interrupted, or that is to be longer.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run from its last checkpoint.",
    discussion: """
      Everything is as the run's run.yaml has it, the device and the threads too. A run that was interrupted ends with the same \
      weights as if it had not been. With more epochs or steps a run that has ended goes on; its learning rate follows the schedule \
      of the longer run.

      EXAMPLES
        dfa resume runs/image-mlp-fashion-mnist-dfa-0
        dfa resume runs/image-mlp-fashion-mnist-dfa-0 --set training.epochs=30
      """)

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"), completion: .directory)
  var path: String

  @OptionGroup var length: LengthOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var rhythm: CheckpointOptions
  @OptionGroup var result: OutputOptions

  private var folder: RunFolder { RunFolder(URL(fileURLWithPath: path)) }

  func run() throws { try run(families.task(of: folder)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let begun: RunRecord<Task.Configuration> = try folder.record()
    let experiment: Experiment<Task> = try Experiment(
      resuming: begun, assignments: length.assignments,
      device: machine.selectedDevice(unlessNamed: begun.run.device), datasets: machine.datasets)
    let training = try FolderTraining(
      experiment, method: begun.run.method, seed: begun.run.seed, in: folder, resumes: true,
      keepsThreads: machine.threads != nil)
    try training.run(in: path, rhythm, result)
  }
}

/// How long a run is to be.
struct LengthOptions: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "training.epochs or training.steps and its new value; anything else must stay.", valueName: "key=value")
  )
  var assignments: [String] = []
}
