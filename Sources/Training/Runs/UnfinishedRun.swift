import Foundation

/// The checkpoint of a run of which nothing but its figures is kept when it ends: a run that was cut goes on
/// from it, to the same figures.
///
/// A run that ends before a checkpoint is due writes none.
final class UnfinishedRun: TrainingCallback {
  private let file: URL
  private let bestFile: URL
  private var bestStepWritten: Int?
  private var timer: CheckpointTimer

  /// - Parameters:
  ///   - file: The checkpoint, which need not exist.
  ///   - checkpointSeconds: The least time between checkpoints; 30 when nil.
  init(_ file: URL, checkpointSeconds: Double?) {
    self.file = file
    bestFile = file.deletingPathExtension().appendingPathExtension("best.safetensors")
    timer = CheckpointTimer(seconds: checkpointSeconds ?? 30)
  }

  /// Trains to the end, from the checkpoint if there is one that can be used.
  /// - Parameters:
  ///   - callbacks: What else watches the training.
  ///   - make: Makes the trainer at the beginning of the run.
  /// - Throws: What training throws, and `FileError` when the checkpoint cannot be written.
  func train<Task: TrainingTask>(
    callbacks: [any TrainingCallback], _ make: () throws -> Trainer<Task>
  ) throws -> Trainer<Task> {
    let trainer = try resumed(make) ?? make()
    trainer.callbacks = callbacks + [self]
    timer.restart()
    try trainer.train()
    return trainer
  }

  /// Forgets the checkpoint; the run's figures are kept elsewhere.
  func remove() {
    for file in [file, bestFile] { try? FileManager.default.removeItem(at: file) }
  }

  /// Writes a checkpoint when it is time, of weights that are of any use.
  func stepEnded(_ session: any TrainingSession) throws {
    guard timer.isDue else { return }
    let checkpoint = session.checkpoint(metricsByteCount: 0)
    if checkpoint.notFinite == nil {
      if let best = session.bestWeights, best.progress.step != bestStepWritten {
        try best.write(to: bestFile)
        bestStepWritten = best.progress.step
      }
      try checkpoint.write(to: file)
    }
    timer.restart()
  }

  private func resumed<Task: TrainingTask>(_ make: () throws -> Trainer<Task>) throws -> Trainer<Task>? {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let trainer = try make()
    do {
      let checkpoint = try Checkpoint(contentsOf: file)
      let best = try checkpoint.progress.best == nil ? nil : Checkpoint(contentsOf: bestFile)
      try trainer.resume(checkpoint, best: best)
    } catch is CheckpointError {
      return nil
    }
    return trainer
  }
}
