import Datasets
import Networks
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
    try trainer.loadForMeasuring(
      checkpoint(weights == .best ? bestCheckpoint : lastCheckpoint))
    return trainer
  }

  /// Puts the run's weights into a network that was made without the run's data.
  /// - Parameters:
  ///   - store: The network's parameters.
  ///   - task: The run's task.
  ///   - weights: Which weights.
  /// - Throws: ``RunError``, ``CheckpointError``.
  public func load(_ weights: RunWeights, into store: ParameterStore, of task: any TrainingTask.Type) throws {
    try checkpoint(weights == .best ? bestCheckpoint : lastCheckpoint).loadWeights(into: store, of: task)
  }

  /// What the weights reached: on the test data too where the run has ended with them; nil when they were not evaluated.
  /// - Throws: ``CheckpointError``, ``RunError``.
  func metrics(of weights: RunWeights) throws -> [String: Double]? {
    let progress = try checkpoint(weights == .best ? bestCheckpoint : lastCheckpoint).progress
    let evaluated = weights == .best ? progress.best : progress.last
    guard let evaluated, evaluated.step == progress.step else { return nil }
    let result = try result()
    return result?.step == evaluated.step ? result?.metrics : evaluated.metrics
  }
}
