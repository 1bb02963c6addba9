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
      that was cut goes on with --resume and ends with the same weights as if it had not been.

      EXAMPLES
        dfa train graph --preset gcn-cora --method dfa
        dfa train image --method bp --set optimizer.learningRate=0.02 --set training.epochs=5
        dfa train image --output runs/fashion --resume
      """)

  @Argument(help: "The task; see \"dfa list tasks\".")
  var task: String

  @OptionGroup var options: ExperimentOptions

  @Option(help: "How to train: \(MethodName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var method: MethodName = .dfa

  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("The run's folder; runs/PRESET-METHOD-SEED when not given.", valueName: "folder"))
  var output: String?

  @Flag(help: "Go on with the run in the folder from its last checkpoint.")
  var resume = false

  @Option(help: ArgumentHelp("The least time between checkpoints.", valueName: "seconds"))
  var checkpointSeconds = 30.0

  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard checkpointSeconds >= 0 else { throw ValidationError("--checkpoint-seconds must be at least 0") }
  }

  func run() throws { try run(TaskLookup.task(named: task)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let experiment = try options.experiment(type)
    let folder = RunFolder(
      URL(fileURLWithPath: output ?? "runs/\(experiment.preset)-\(method.rawValue)-\(seed)"))
    var record = try experiment.record(method, seed: seed)
    if folder.exists {
      guard resume else { throw RunError.exists(folder.url.path) }
      let begun: RunRecord<Task.Configuration> = try folder.record()
      // Another number of threads would round differently.
      if options.machine.threads == nil {
        LibTorch.threadCount = begun.run.threads
        record = try experiment.record(method, seed: seed)
      }
      guard begun.configuration == record.configuration, begun.run == record.run else {
        throw ConfigurationError.differs(run: folder.url.path)
      }
    }
    try train(type, record, in: folder)
  }

  private func train<Task: TrainingTask>(
    _ type: Task.Type, _ record: RunRecord<Task.Configuration>, in folder: RunFolder
  ) throws {
    let checkpoint = try folder.resumable()
    // Nothing is written before data and checkpoint are read.
    let trainer = try Experiment<Task>.trainer(
      record, device: try Device(named: record.run.device), datasets: options.machine.datasets)
    if let checkpoint { try trainer.resume(checkpoint.last, best: checkpoint.best) }
    if !folder.exists { try folder.create(record) }
    let label = "\(Task.name) \(record.run.preset) \(record.run.method.rawValue) seed \(record.run.seed)"
    trainer.callbacks = [
      ProgressReporter(label: label),
      try RunRecorder(folder, checkpointSeconds: checkpointSeconds, resuming: checkpoint?.last.progress),
    ]
    try trainer.train()
    try RunReport([folder], plotly: options.machine.plotly).write(to: folder.reportFile)
    try TrainingSummary(folder, trainer).print(json: result.json)
  }
}

extension RunFolder {
  /// The checkpoints to go on from; nil when the run was cut before the first.
  fileprivate func resumable() throws -> (last: Checkpoint, best: Checkpoint?)? {
    guard FileManager.default.fileExists(atPath: lastCheckpoint.path) else { return nil }
    let last = try Checkpoint(contentsOf: lastCheckpoint)
    guard last.progress.best != nil else { return (last, nil) }
    return (last, try Checkpoint(contentsOf: bestCheckpoint))
  }
}

/// What a finished run prints.
private struct TrainingSummary: Encodable {
  let run: String
  let epoch: Int
  let steps: Int
  let metrics: [String: Double]
  let alignment: [PointAlignment]

  init<Task: TrainingTask>(_ folder: RunFolder, _ trainer: Trainer<Task>) throws {
    run = folder.url.path
    epoch = trainer.result?.epoch ?? 0
    steps = trainer.progress.step
    metrics = trainer.result?.metrics ?? [:]
    alignment = try trainer.measureAlignment()
  }

  func print(json: Bool) throws {
    if json { return try Console.json(self) }
    let values = metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(NumberFormat.general($0.value))" }
    Console.print("epoch \(epoch): \(values.joined(separator: ", "))")
    if !alignment.isEmpty { Console.print(alignment.table.plain) }
    Console.print("run: \(run)")
  }
}
