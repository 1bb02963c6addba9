import Datasets
import Torch

extension RunFolder {
  /// A trainer with the run's weights and feedback, to measure with.
  /// - Parameters:
  ///   - task: The run's task.
  ///   - weights: Which weights.
  ///   - device: Where it runs.
  ///   - datasets: Where data sets are.
  /// - Throws: ``RunError``, ``CheckpointError``, and what the task throws when its data are missing.
  public func trainer<Task: TrainingTask>(
    _ task: Task.Type, weights: RunWeights, device: Device, datasets: DatasetStore = DatasetStore()
  ) throws -> Trainer<Task> {
    let record: RunRecord<Task.Configuration> = try record()
    let trainer = try Experiment<Task>.trainer(record, device: device, datasets: datasets)
    // Feedback matrices are in the last checkpoint, because training never changes them.
    try trainer.loadForMeasuring(Checkpoint(contentsOf: lastCheckpoint))
    if weights == .best { try trainer.loadWeights(Checkpoint(contentsOf: bestCheckpoint)) }
    return trainer
  }

  /// What the weights reached when they were evaluated in training; nil when they were not.
  /// - Throws: ``CheckpointError``.
  func metrics(of weights: RunWeights) throws -> [String: Double]? {
    switch weights {
    case .best: return try Checkpoint(contentsOf: bestCheckpoint).progress.best?.metrics
    case .last:
      let progress = try Checkpoint(contentsOf: lastCheckpoint).progress
      return progress.last?.epoch == progress.epoch ? progress.last?.metrics : nil
    }
  }
}
