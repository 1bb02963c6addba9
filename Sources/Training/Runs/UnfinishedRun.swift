import Basics
import Foundation

/// The checkpoint of a run of which nothing but its figures is kept when it ends: an interrupted run is
/// resumed from it, to the same figures.
///
/// A run that ends before a checkpoint is due writes none.
final class UnfinishedRun: TrainingCallback {
  private let file: URL?
  private var timer: CheckpointTimer
  private var bestStepWritten: Int?
  private var history = HistoryRecorder()

  /// - Parameters:
  ///   - file: The checkpoint, which need not exist; nil writes none.
  ///   - checkpointSeconds: The least time between checkpoints; 30 when nil.
  init(_ file: URL? = nil, checkpointSeconds: Double? = nil) {
    self.file = file
    timer = CheckpointTimer(seconds: checkpointSeconds ?? 30)
  }

  /// By what a checkpoint is known to be of this run: the file's name.
  private var run: String? { file?.deletingPathExtension().lastPathComponent }
  private var bestFile: URL? { file?.deletingPathExtension().appendingPathExtension("best.safetensors") }
  private var historyFile: URL? { file?.deletingPathExtension().appendingPathExtension("json") }

  /// Trains to the end, from the checkpoint if there is one that can be used.
  /// - Parameters:
  ///   - history: Takes all records, those from before an interruption too.
  ///   - callbacks: What else watches the training.
  ///   - make: Makes the trainer at the beginning of the run.
  /// - Throws: What training throws, and `FileError` when the checkpoint cannot be written.
  func train<Task: TrainingTask>(
    history: HistoryRecorder, callbacks: [any TrainingCallback], _ make: () throws -> Trainer<Task>
  ) throws -> Trainer<Task> {
    self.history = history
    var trainer = try make()
    // A checkpoint that cannot be used may have changed it.
    do { try resume(trainer) } catch is CheckpointError { trainer = try make() }
    trainer.callbacks = [history] + callbacks + [self]
    timer.restart()
    try trainer.train()
    return trainer
  }

  /// Forgets the checkpoint; the run's figures are kept elsewhere.
  func remove() {
    for file in [file, bestFile, historyFile] {
      if let file { try? FileManager.default.removeItem(at: file) }
    }
  }

  /// Writes a checkpoint when it is time.
  func stepEnded(_ session: any TrainingSession) throws {
    if timer.isDue { try writeCheckpoint(session) }
  }

  /// Writes a checkpoint, of weights that are of any use.
  func interrupted(_ session: any TrainingSession) throws { try writeCheckpoint(session) }

  private func writeCheckpoint(_ session: any TrainingSession) throws {
    guard let file, let bestFile, let historyFile else { return }
    var checkpoint = session.checkpoint(metricsByteCount: 0)
    checkpoint.run = run
    if checkpoint.notFinite == nil {
      if var best = session.bestWeights, best.progress.step != bestStepWritten {
        best.run = run
        try best.write(to: bestFile)
        bestStepWritten = best.progress.step
      }
      try AtomicFile.write(JSONEncoder().encode(history.records), to: historyFile)
      try checkpoint.write(to: file)
    }
    timer.restart()
  }

  /// Resumes from the checkpoint, if there is one.
  /// - Throws: ``CheckpointError`` when it cannot be used.
  private func resume<Task: TrainingTask>(_ trainer: Trainer<Task>) throws {
    guard let file, let run, let bestFile, let historyFile,
      FileManager.default.fileExists(atPath: file.path)
    else {
      return
    }
    let checkpoint = try Checkpoint(contentsOf: file)
    let best = try checkpoint.progress.best == nil ? nil : Checkpoint(contentsOf: bestFile)
    try checkpoint.check(run: run)
    try best?.check(run: run)
    guard let data = try? Data(contentsOf: historyFile),
      let records = try? JSONDecoder().decode([TrainingRecord].self, from: data)
    else { throw CheckpointError.incomplete(file.path) }
    try trainer.resume(checkpoint, best: best)
    history.restore(records.filter { $0.step <= checkpoint.progress.settledStep })
  }
}
