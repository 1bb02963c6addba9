import DirectFeedback
import Foundation

/// Training into a folder, from the beginning or from the last checkpoint there.
struct FolderTraining<Task: TrainingTask> {
  private let folder: RunFolder
  private let record: RunRecord<Task.Configuration>
  private let machine: MachineOptions

  /// - Parameters:
  ///   - experiment: What is trained.
  ///   - method: How.
  ///   - seed: The seed of everything random.
  ///   - folder: Where to.
  ///   - resumes: Whether a run that began in the folder goes on.
  ///   - machine: Where it runs.
  /// - Throws: `RunError.exists` when a run began there that is not to go on, `ConfigurationError.differs` when it
  ///   is another one.
  init(
    _ experiment: Experiment<Task>, method: MethodName, seed: UInt64, in folder: RunFolder, resumes: Bool,
    _ machine: MachineOptions
  ) throws {
    var record = try experiment.record(method, seed: seed)
    if folder.exists {
      guard resumes else { throw RunError.exists(folder.url.path) }
      let begun: RunRecord<Task.Configuration> = try folder.record()
      // Another number of threads would round differently.
      if machine.threads == nil {
        LibTorch.threadCount = begun.run.threads
        record = try experiment.record(method, seed: seed)
      }
      guard begun.configuration == record.configuration, begun.run == record.run else {
        throw ConfigurationError.differs(run: folder.url.path)
      }
    }
    (self.folder, self.record, self.machine) = (folder, record, machine)
  }

  /// Whether the run in the folder has come to its end.
  /// - Throws: `CheckpointError` when its checkpoint is damaged.
  var isFinished: Bool {
    get throws { try folder.exists && folder.resumable()?.last.progress.isFinished ?? false }
  }

  /// Trains to the end, and writes the report.
  /// - Parameter checkpointSeconds: The least time between checkpoints.
  /// - Returns: What the run reached.
  func train(checkpointSeconds: Double = 30) throws -> TrainingResult {
    let checkpoint = try folder.resumable()
    // Nothing is written before data and checkpoint are read.
    let trainer = try Experiment<Task>.trainer(
      record, device: try Device(named: record.run.device), datasets: machine.datasets)
    if let checkpoint { try trainer.resume(checkpoint.last, best: checkpoint.best) }
    if !folder.exists { try folder.create(record) }
    let label = "\(Task.name) \(record.run.preset) \(record.run.method.rawValue) seed \(record.run.seed)"
    trainer.callbacks = [
      ProgressReporter(label: label),
      try RunRecorder(folder, checkpointSeconds: checkpointSeconds, resuming: checkpoint?.last.progress),
    ]
    try trainer.train()
    let result = try trainer.result()
    try folder.write(result)
    try RunReport([folder], plotly: machine.plotly).write(to: folder.reportFile)
    return result
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
