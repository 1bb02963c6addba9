import FeedbackAlignment
import Foundation
import Torch

/// Training into a folder, from the beginning or from the last checkpoint there. A run that is resumed may have more epochs or
/// steps than it began with.
public struct FolderTraining<Task: TrainingTask> {
  private let folder: RunFolder
  private let experiment: Experiment<Task>
  private let record: RunRecord<Task.Configuration>
  private let isBegun: Bool
  /// Whether the run in the folder is to have another length.
  private var hasOtherLength = false

  /// - Parameters:
  ///   - experiment: What is trained.
  ///   - method: How.
  ///   - seed: The seed of everything random.
  ///   - folder: Where to.
  ///   - resumes: Whether a run that began in the folder is resumed.
  ///   - keepsThreads: Whether operations on the CPU keep this process's number of threads; otherwise a resumed run
  ///     takes the number it began with, because another would round differently.
  /// - Throws: ``RunError/exists(_:)`` when a run began there that is not to be resumed,
  ///   ``ConfigurationError/differs(what:folder:key:stored:asked:)`` when it is another one,
  ///   ``RunError/damaged(_:_:)`` when there are checkpoints of a run but not its record.
  public init(
    _ experiment: Experiment<Task>, method: MethodName, seed: UInt64, in folder: RunFolder,
    resumes: Bool = false, keepsThreads: Bool = false
  ) throws {
    var record = try experiment.record(method, seed: seed)
    isBegun = folder.exists
    if !isBegun, folder.hasCheckpoints {
      throw RunError.damaged(folder.recordFile.path, "is missing, but checkpoints of a run are there")
    }
    if isBegun {
      guard resumes else { throw RunError.exists(folder.url.path) }
      let begun: RunRecord<Task.Configuration> = try folder.record()
      if !keepsThreads {
        LibTorch.threadCount = begun.run.threads
        record = try experiment.record(method, seed: seed)
      }
      // A run may be made longer.
      var asked = record
      let length = begun.configuration.training
      asked.configuration.training.epochs = length.epochs
      asked.configuration.training.steps = length.steps
      if let difference = try FirstDifference(begun, asked) {
        throw ConfigurationError.differs("run", in: folder.url.path, difference)
      }
      hasOtherLength = try FirstDifference(asked, record) != nil
    }
    (self.folder, self.experiment, self.record) = (folder, experiment, record)
  }

  /// What the run is called beside others, such as `graph gcn-cora dfa seed 0`.
  public var label: String {
    "\(Task.name) \(record.run.preset) \(record.run.method.rawValue) seed \(record.run.seed)"
  }

  /// Whether the run in the folder has come to its end, and its result is there.
  /// - Throws: ``RunError`` when the result is damaged.
  public var isFinished: Bool {
    get throws { try folder.exists && folder.result() != nil }
  }

  /// Trains to the end, and writes the report; meanwhile no other process trains in the folder.
  /// - Parameters:
  ///   - checkpointSeconds: The least time between checkpoints.
  ///   - showsProgress: Whether progress goes to standard error.
  ///   - callbacks: Called beside the one that writes the folder.
  /// - Returns: What the run reached, which `result.json` has too.
  /// - Throws: What the task throws when its data are missing, ``CheckpointError``, ``RunError``, ``TrainingError``,
  ///   `FileError`.
  public func train(
    checkpointSeconds: Double = 30, showsProgress: Bool = false, callbacks: [any TrainingCallback] = []
  ) throws -> TrainingResult {
    // Nothing is written before data are read.
    let trainer = try Experiment<Task>.trainer(
      record, device: experiment.device, datasets: experiment.datasets)
    return try folder.whileUnused {
      // Another process may have begun a run meanwhile.
      guard folder.exists == isBegun else { throw RunError.exists(folder.url.path) }
      return try train(trainer, checkpointSeconds, showsProgress, callbacks)
    }
  }

  private func train(
    _ trainer: Trainer<Task>, _ checkpointSeconds: Double, _ showsProgress: Bool,
    _ callbacks: [any TrainingCallback]
  ) throws -> TrainingResult {
    let checkpoint = try folder.resumable()
    if let checkpoint {
      if hasOtherLength, checkpoint.last.progress.step > trainer.stepCount {
        throw ConfigurationError.value(
          key: "training.\(record.configuration.training.steps == nil ? "epochs" : "steps")",
          reason:
            "the run in \(folder.url.path) has \(checkpoint.last.progress.step) steps already, and is to have "
            + "\(trainer.stepCount)")
      }
      try trainer.resume(checkpoint.last, best: checkpoint.best)
    }
    if hasOtherLength { folder.removeResult() }
    if !isBegun || hasOtherLength { try folder.create(record) }
    try folder.keep(trainer.task.keptFiles)
    let recorder = try RunRecorder(
      folder, checkpointSeconds: checkpointSeconds, resuming: checkpoint?.last.progress)
    trainer.callbacks = (showsProgress ? [ProgressReporter(label: label)] : []) + [recorder] + callbacks
    try trainer.train()
    let result = try trainer.result()
    try trainer.pictures()?.write(to: folder.picturesFolder)
    try folder.write(result)
    try RunReport([folder], metrics: Task.metrics, plotly: experiment.datasets.plotly).write(
      to: folder.reportFile)
    return result
  }
}

extension RunFolder {
  /// The checkpoints to resume from; nil when the run was interrupted before the first.
  fileprivate func resumable() throws -> (last: Checkpoint, best: Checkpoint?)? {
    guard FileManager.default.fileExists(atPath: lastCheckpoint.path) else { return nil }
    let last = try checkpoint(lastCheckpoint)
    guard last.progress.best != nil else { return (last, nil) }
    return (last, try checkpoint(bestCheckpoint))
  }
}
