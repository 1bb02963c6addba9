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
      The run's folder holds run.yaml (the whole configuration), metrics.jsonl, TensorBoard events, checkpoints/ and report.html. A run \
      that was interrupted is resumed with --resume, and ends with the same weights as if it had not been.

      EXAMPLES
        dfa train graph --preset gcn-cora --method dfa
        dfa train image --method bp --set optimizer.learningRate=0.02 --set training.epochs=5
        dfa train image --output runs/fashion --resume
      """)

  @Argument(help: "The task; see \"dfa list tasks\".", completion: .tasks)
  var task: String

  @OptionGroup var options: ExperimentOptions

  @Option(help: .method, completion: .methods, transform: MethodName.init(parsing:))
  var method: MethodName = .dfa

  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("The run's folder; runs/PRESET-METHOD-SEED when not given.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath?

  @Flag(help: "Go on with the run in the folder from its last checkpoint.")
  var resume = false

  @Option(help: ArgumentHelp("The least time between checkpoints.", valueName: "seconds"))
  var checkpointSeconds = 30.0

  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard checkpointSeconds >= 0 else { throw ValidationError("--checkpoint-seconds must be at least 0") }
  }

  func run() throws { try run(families.task(named: task)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let experiment = try options.experiment(type)
    let output = output ?? OutputPath("runs/\(experiment.preset)-\(method.rawValue)-\(seed)")
    let folder = RunFolder(output.url)
    let training = try FolderTraining(
      experiment, method: method, seed: seed, in: folder, resumes: resume,
      keepsThreads: options.machine.threads != nil)
    let reached = try training.train(checkpointSeconds: checkpointSeconds, showsProgress: true)
    try TrainingSummary(folder, reached).print(json: result.json)
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
