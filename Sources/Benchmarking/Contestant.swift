import DirectFeedback

/// A network, a method and an optimizer, ready to step on one batch, or for epochs on its data.
package struct Contestant {
  /// The network's parameters.
  package let store: ParameterStore
  private let stepper: TrainingStepper
  private let performStep: () -> Void
  private let launchStep: () -> Void
  private let makeGradients: (GradientAccumulator) -> Void
  private let trainEpoch: () throws -> Void
  private let evaluation: () throws -> Void

  init(_ network: SyntheticNetwork, _ method: BenchmarkMethod, batch: Int, device: Device) throws {
    let store = ParameterStore(seed: 0, device: device)
    let loss = network.build(store, seed: 1, batch: batch)
    var training = TrainingConfiguration(epochs: 1)
    method.apply(to: &training)
    let stepper = try TrainingStepper(
      store, method: method.name.make(network.feedback, seed: 0),
      optimizer: network.optimizer.make(store.parameters), configuration: training,
      generator: RandomGenerator(seed: 2, device: device))
    try self.init(
      store, stepper, rate: network.optimizer.learningRate, batch: { _ in FixedBatch() },
      loss: { loss($1) }, evaluation: { _ = loss($0).item })
  }

  init<Task: TrainingTask>(_ experiment: Experiment<Task>, _ method: BenchmarkMethod) throws {
    let configuration = try experiment.adjusted { method.apply(to: &$0) }.configuration(method.name)
    let environment = TaskEnvironment(seed: 0, device: experiment.device, datasets: experiment.datasets)
    let task = try Task(configuration, environment)
    let trained = method.name.make(configuration.feedback, seed: 0)
    do throws(SettingError) { try trained.prepare(stepsPerEpoch: task.stepsPerEpoch) } catch {
      throw ConfigurationError(error)
    }
    let stepper = try TrainingStepper(
      task.store, method: trained,
      optimizer: configuration.optimizer.make(task.store.parameters), configuration: configuration.training,
      generator: RandomGenerator(seed: 2, device: experiment.device))
    try self.init(
      task.store, stepper, rate: configuration.optimizer.learningRate, stepsPerEpoch: task.stepsPerEpoch ?? 1,
      batch: { try task.batch($0) }, loss: { task.loss($0, $1) },
      evaluation: { _ = try task.evaluate(.validation, $0) })
  }

  /// - Parameters:
  ///   - store: The network's parameters.
  ///   - stepper: Makes the steps.
  ///   - rate: The learning rate.
  ///   - stepsPerEpoch: How many steps an epoch has.
  ///   - batch: The batch of a step of an epoch.
  ///   - loss: The loss of a batch in a pass.
  ///   - evaluation: Reads the metrics of a pass.
  /// - Throws: What `batch` throws.
  init<Batch>(
    _ store: ParameterStore, _ stepper: TrainingStepper, rate: Double, stepsPerEpoch: Int = 1,
    batch makeBatch: @escaping (Int) throws -> Batch, loss: @escaping (Batch, Pass) -> Tensor,
    evaluation evaluate: @escaping (Pass) throws -> Void
  ) throws {
    self.store = store
    self.stepper = stepper
    let batch = MicroBatch(try makeBatch(0), weight: 1)
    performStep = { _ = stepper.step([batch], rate: rate, loss: loss) }
    launchStep = { _ = stepper.launch([batch], loss) }
    makeGradients = { _ = stepper.accumulate(batch, into: $0, loss) }
    trainEpoch = {
      for step in 0..<stepsPerEpoch {
        _ = stepper.step([MicroBatch(try makeBatch(step), weight: 1)], rate: rate, loss: loss)
      }
    }
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 0, device: store.device))
    evaluation = { try withoutGradient { try evaluate(pass) } }
  }

  /// One step: gradients and an update. Does not wait for the device.
  package func step() { performStep() }

  /// The seconds of a step, until the device is done.
  func secondsOfStep() -> Double { seconds(of: performStep) }

  /// The seconds of an epoch's steps and those of an evaluation.
  /// - Throws: What the task throws when it reads a batch or evaluates.
  func secondsOfEpoch() throws -> (training: Double, evaluation: Double) {
    (try seconds(of: trainEpoch), try seconds(of: evaluation))
  }

  private func seconds(of body: () throws -> Void) rethrows -> Double {
    let stopwatch = Stopwatch()
    try body()
    store.device.synchronize()
    return stopwatch.seconds
  }

  /// Makes the steps in which methods and optimizers make what they keep, and a step is captured.
  /// - Throws: `ConfigurationError` when a step cannot be made in the way that was asked for.
  func prepare() throws {
    for _ in 0..<3 { step() }
    if stepper.lacksStreams {
      throw ConfigurationError.value(key: "training.streams", reason: "must be 1 on \(store.device)")
    }
    if let refusal = stepper.captureRefusal {
      throw ConfigurationError.value(key: "training.capture", reason: "is impossible here: \(refusal)")
    }
  }

  /// The operations of a step.
  package func trace() -> OperationTrace { OperationTrace.record(on: store.device, launchStep) }

  /// Peak memory of a step beyond what was allocated before it, in bytes. Feedback matrices and the optimizer's
  /// state count unless a step has made them before.
  func peakBytesOfStep() -> Int { store.device.peakBytes(of: performStep) }

  /// The same of an epoch with its evaluation.
  func peakBytesOfEpoch() throws -> Int {
    try store.device.peakBytes {
      try trainEpoch()
      try evaluation()
    }
  }

  /// Peak memory in bytes while the gradients of a step are made, each thrown away as soon as it is complete:
  /// what is kept for the derivatives, beyond parameters, the optimizer's state, feedback matrices and
  /// gradients.
  package func activationBytes() -> Int {
    let gradients = GradientAccumulator(store.parameters) { _, _ in }
    // The first step learns which gradient is complete when.
    makeGradients(gradients)
    return store.device.peakBytes { makeGradients(gradients) }
  }
}

extension Device {
  /// Peak memory during `body` beyond what was allocated before, in bytes.
  fileprivate func peakBytes(of body: () throws -> Void) rethrows -> Int {
    synchronize()
    resetPeakBytes()
    let before = allocatedBytes
    try body()
    synchronize()
    return peakBytes - before
  }
}
