import DirectFeedback

/// How long training steps wait for the samples that they are made on.
package struct LoadingBenchmark: Encodable, Sendable {
  /// The steps measured.
  package let steps: Int
  /// Samples in a step.
  package let batchSize: Int
  /// The time of all steps, waiting included.
  package let seconds: Double
  /// Of that, the time until the batches were there.
  package let waitedSeconds: Double

  /// The part of the time that was waited.
  package let waitedShare: Double

  /// Trains for some steps.
  /// - Parameters:
  ///   - experiment: The data and the network.
  ///   - method: The method.
  ///   - steps: The steps that count, of one epoch after the other; the first, which waits for its samples, does not.
  /// - Throws: What the task throws.
  package init<Task>(_ experiment: Experiment<Task>, method: MethodName, steps: Int) throws {
    let trainer = try experiment.trainer(method, seed: 0)
    let task = trainer.task
    var waited = 0.0
    func step(_ number: Int) throws -> Int {
      let stopwatch = Stopwatch()
      let batch = try task.batch(number)
      waited += stopwatch.seconds
      _ = try trainer.step(on: batch).item
      return task.sampleCount(of: batch)
    }
    batchSize = try step(0)
    waited = 0
    let stopwatch = Stopwatch()
    for number in 1...steps { _ = try step(number) }
    (self.steps, seconds, waitedSeconds) = (steps, stopwatch.seconds, waited)
    waitedShare = waitedSeconds / seconds
  }
}
