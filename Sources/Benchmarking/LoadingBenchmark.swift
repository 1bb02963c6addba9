import DirectFeedback

/// How long training steps wait for the images that they are made on.
package struct LoadingBenchmark: Encodable, Sendable {
  /// The steps measured.
  package let steps: Int
  /// Images in a step.
  package let batchSize: Int
  /// Threads that read images.
  package let loaders: Int
  /// The time of all steps, waiting included.
  package let seconds: Double
  /// Of that, the time waited for images.
  package let waitedSeconds: Double

  /// The part of the time that was waited.
  package let waitedShare: Double

  /// Trains for some steps.
  /// - Parameters:
  ///   - experiment: The images and the network.
  ///   - method: The method.
  ///   - steps: The steps that count, of one epoch after the other; the first, which waits for its images, does not.
  /// - Throws: What the task throws.
  package init(_ experiment: Experiment<VGG16Task>, method: MethodName, steps: Int) throws {
    let trainer = try experiment.trainer(method, seed: 0)
    let task = trainer.task
    func step(_ number: Int) throws -> Int {
      let batch = try task.batch(number)
      _ = try trainer.step(on: batch).item
      return batch.sampleCount
    }
    batchSize = try step(0)
    let (waited, stopwatch) = (task.waitedSeconds, Stopwatch())
    for number in 1...steps { _ = try step(number) }
    seconds = stopwatch.seconds
    waitedSeconds = task.waitedSeconds - waited
    waitedShare = waitedSeconds / seconds
    (self.steps, loaders) = (steps, try experiment.configuration(method).loaders)
  }
}
