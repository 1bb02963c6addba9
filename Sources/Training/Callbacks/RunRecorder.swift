import Basics
import Foundation
import Reports

/// Writes a run's metrics, TensorBoard events and checkpoints.
///
/// A checkpoint is written at the end, when training is interrupted, and whenever this much time has passed since the last, at any step.
/// Metrics and events written after the checkpoint from which a run is resumed are removed, because they come again.
public final class RunRecorder: TrainingCallback {
  private let folder: RunFolder
  private let run: String
  private let metrics: JSONLinesWriter
  private let events: TensorBoardWriter
  private var timer: CheckpointTimer
  private var bestStepWritten: Int?

  /// - Parameters:
  ///   - folder: The run, whose `run.yaml` is there.
  ///   - checkpointSeconds: The least time between checkpoints, in seconds.
  ///   - progress: Where the run is resumed; nil at its beginning.
  /// - Throws: `FileError` when a file cannot be opened, ``RunError/missing(_:)``.
  public init(
    _ folder: RunFolder, checkpointSeconds: Double = 30, resuming progress: TrainingProgress? = nil
  ) throws {
    self.folder = folder
    run = try folder.identity()
    timer = CheckpointTimer(seconds: checkpointSeconds)
    metrics = try JSONLinesWriter(url: folder.metricsFile, truncatingTo: progress?.metricsByteCount ?? 0)
    events = try TensorBoardWriter(directory: folder.url, keeping: progress?.eventsByteCounts ?? [:])
  }

  /// Writes a checkpoint when it is time.
  public func stepEnded(_ session: any TrainingSession) throws {
    if timer.isDue || session.isDue(.checkpoint) { try writeCheckpoint(session) }
  }

  /// Writes the metrics.
  public func recorded(_ session: any TrainingSession, _ record: TrainingRecord) throws {
    try metrics.append(record)
    for (name, value) in record.metrics.sorted(by: { $0.key < $1.key }) {
      try events.scalar(name, value, step: record.step)
    }
    try events.scalar("learningRate", record.learningRate, step: record.step)
  }

  /// Writes a checkpoint.
  public func interrupted(_ session: any TrainingSession) throws { try writeCheckpoint(session) }

  /// Writes the last checkpoint.
  public func ended(_ session: any TrainingSession) throws { try writeCheckpoint(session) }

  private func writeCheckpoint(_ session: any TrainingSession) throws {
    try metrics.synchronize()
    try events.synchronize()
    var checkpoint = session.checkpoint(metricsByteCount: metrics.byteCount)
    checkpoint.progress.eventsByteCounts = events.byteCounts
    checkpoint.run = run
    // A run that diverges leaves its last checkpoint that is of any use.
    if let name = checkpoint.notFinite {
      throw TrainingError.notFinite(name, step: session.progress.step)
    }
    if var best = session.bestWeights, best.progress.step != bestStepWritten {
      best.run = run
      try best.write(to: folder.bestCheckpoint)
      bestStepWritten = best.progress.step
    }
    try checkpoint.write(to: folder.lastCheckpoint)
    timer.restart()
  }
}
