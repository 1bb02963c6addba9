import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Trains one network and keeps everything about it in a folder.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network by one method.",
    discussion: """
      The run's folder holds run.yaml (the whole configuration), metrics.jsonl, TensorBoard events, checkpoints/ and report.html. \
      SIGINT (Ctrl-C) and SIGTERM end a run after its step and write a checkpoint; "dfa resume RUN", or this command with --resume, \
      goes on from the last, to the same weights as if the run had not been interrupted.

      EXAMPLES
        dfa train graph --preset gcn-cora --method dfa
        dfa train image --method bp --set optimizer.learningRate=0.02 --set training.epochs=5
        dfa train image --config runs/image-mlp-fashion-mnist-dfa-0/run.yaml --seed 1
        dfa train image --output runs/fashion --resume
      """)

  @Argument(help: "The task; see \"dfa list tasks\".", completion: .tasks)
  var task: String

  @OptionGroup var options: ExperimentOptions

  @Option(help: .method, completion: .methods, transform: MethodName.init(parsing:))
  var method: MethodName?

  @Option(help: "The seed of everything random. (default: 0, or the run's with --resume)")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "The run's folder; runs/TASK-PRESET-METHOD-SEED when not given.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath?

  @Flag(
    help:
      "Go on with the run in the folder from its last checkpoint, by its own settings where none are given.")
  var resume = false

  @OptionGroup var rhythm: CheckpointOptions
  @OptionGroup var result: OutputOptions

  func run() throws { try run(families.task(named: task)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    if resume, let output, RunFolder(output.url).exists {
      return try train(in: output.path, options.experiment(resuming: RunFolder(output.url), type))
    }
    let experiment = try options.experiment(type)
    let task = experiment.preset.hasPrefix(Task.name) ? "" : "\(Task.name)-"
    let name = "\(task)\(experiment.preset)-\(method?.rawValue ?? "dfa")-\(seed ?? 0)"
    try train(in: output?.path ?? "runs/\(name)", experiment)
  }

  private func train<Task: TrainingTask>(in path: String, _ experiment: Experiment<Task>) throws {
    let folder = RunFolder(URL(fileURLWithPath: path))
    let begun = resume && folder.exists ? try folder.header() : nil
    let training = try FolderTraining(
      experiment, method: method ?? begun?.method ?? .dfa, seed: seed ?? begun?.seed ?? 0, in: folder,
      resumes: resume, keepsThreads: options.machine.threads != nil)
    try training.run(in: path, rhythm, result)
  }
}

extension FolderTraining {
  /// Trains to the end and prints what the run reached.
  func run(in path: String, _ rhythm: CheckpointOptions, _ output: OutputOptions) throws {
    let command = CommandContext.current.name
    let reached = try interruptible("go on with: \(shellLine([command, "resume", path]))") {
      try train(checkpointSeconds: rhythm.checkpointSeconds, showsProgress: true)
    }
    try TrainingSummary(RunFolder(URL(fileURLWithPath: path)), reached).print(json: output.json)
  }
}

/// How often checkpoints are written.
struct CheckpointOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The least time between checkpoints.", valueName: "seconds"))
  var checkpointSeconds = 30.0

  func validate() throws {
    guard checkpointSeconds >= 0 else { throw ValidationError("--checkpoint-seconds must be at least 0") }
  }
}

/// What a finished run prints.
private struct TrainingSummary: Encodable {
  let run: String
  let epoch: Double?
  let step: Int
  let metrics: [String: Double]
  let alignment: [PointAlignment]
  private let moment: String

  private enum CodingKeys: CodingKey { case run, epoch, step, metrics, alignment }

  init(_ folder: RunFolder, _ result: TrainingResult) {
    run = folder.url.path
    (epoch, step, moment) = (result.epoch, result.step, result.moment)
    (metrics, alignment) = (result.metrics, result.alignment)
  }

  func print(json: Bool) throws {
    if json { return try Console.json(self) }
    let values = metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(NumberFormat.general($0.value))" }
    Console.print("\(moment): \(values.joined(separator: ", "))")
    if !alignment.isEmpty { Console.print(alignment.table.plain) }
    Console.print("run: \(run)")
  }
}
