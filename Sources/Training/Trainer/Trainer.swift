import Basics
import FeedbackAlignment
import Networks
import Torch

/// Trains a task by a method.
///
/// Equal tasks, methods and seeds give equal weights on the same device and number of threads, also when a
/// run is cut anywhere and goes on from its last checkpoint.
public final class Trainer<Task: TrainingTask>: TrainingSession {
  /// What is trained.
  public let task: Task
  /// How its gradients are made.
  public let method: any TrainingMethod
  /// How far training has come.
  public internal(set) var progress = TrainingProgress()
  /// Seconds of each step since this trainer began.
  public private(set) var stepSeconds: [Double] = []

  private let configuration: Task.Configuration
  /// What watches the training.
  public var callbacks: [any TrainingCallback]
  let optimizer: any Optimizer
  var learningRate: LearningRate
  let generator: RandomGenerator
  /// The sum of the losses of the present epoch's steps.
  let lossSum: Tensor
  private var lastLoss = Tensor(0)
  private let stepper: TrainingStepper
  private var hasReportedRefusal = false
  /// The weights of the best epoch; nil before the first evaluation.
  public internal(set) var bestWeights: Checkpoint?

  /// A trainer at the beginning of a run.
  public init(
    _ task: Task, _ configuration: Task.Configuration, method: any TrainingMethod,
    environment: TaskEnvironment, callbacks: [any TrainingCallback] = []
  ) {
    self.task = task
    self.method = method
    self.configuration = configuration
    self.callbacks = callbacks
    optimizer = configuration.optimizer.make(task.parameterGroups)
    learningRate = LearningRate(
      configuration.optimizer.learningRate, configuration.optimizer.schedule,
      runSteps: configuration.training.epochs * task.stepsPerEpoch)
    generator = RandomGenerator(seed: derivedSeed(environment.seed, "training"), device: environment.device)
    lossSum = Tensor.zeros([], dtype: .float64, device: environment.device)
    stepper = TrainingStepper(
      task.store, method: method, optimizer: optimizer, configuration: configuration.training,
      generator: generator)
  }

  /// Trains to the end.
  /// - Throws: ``TrainingError`` when the loss is not finite, and what the task and callbacks throw.
  public func train() throws {
    for callback in callbacks { try callback.began(self) }
    while !progress.isFinished {
      while progress.stepInEpoch < task.stepsPerEpoch {
        try step()
        for callback in callbacks { try callback.stepEnded(self) }
      }
      try finishEpoch()
    }
    for callback in callbacks { try callback.ended(self) }
  }

  /// One step: gradients by the method, an update by the optimizer.
  private func step() throws {
    let stopwatch = Stopwatch()
    lastLoss = try step(on: task.batch(epoch: progress.epoch, step: progress.stepInEpoch))
    lossSum.add(lastLoss)
    reportRefusal()
    progress.stepInEpoch += 1
    progress.step += 1
    let seconds = stopwatch.seconds
    stepSeconds.append(seconds)
    progress.epochSeconds += seconds
  }

  private func reportRefusal() {
    guard !hasReportedRefusal, let refusal = stepper.captureRefusal else { return }
    hasReportedRefusal = true
    for callback in callbacks {
      callback.noticed(self, "training.capture: steps are launched operation by operation: \(refusal)")
    }
  }

  /// Moves the parameters along the gradients of a batch.
  /// - Returns: The loss, on the network's device.
  /// - Throws: ``ConfigurationError`` when the batch is to be split and cannot be.
  @discardableResult
  public func step(on batch: Task.Batch) throws -> Tensor {
    let count = configuration.training.microBatches
    let parts =
      count == 1 ? [MicroBatch(batch, weight: 1)] : try task.microBatches(of: batch, count: count)
    let rate = learningRate.rate(epoch: progress.epoch, step: progress.step)
    return stepper.step(parts, rate: rate, loss: task.loss)
  }

  private func finishEpoch() throws {
    let trainLoss = lossSum.item / Double(task.stepsPerEpoch)
    guard trainLoss.isFinite else {
      throw TrainingError.notFinite(metric: "trainLoss", epoch: progress.epoch)
    }
    let rate = learningRate.rate(epoch: progress.epoch, step: max(progress.step - 1, 0))
    progress.epoch += 1
    let isEvaluated =
      progress.epoch % configuration.training.evaluateEvery == 0
      || progress.epoch == configuration.training.epochs
    var metrics = isEvaluated ? try evaluate() : [:]
    metrics["trainLoss"] = trainLoss
    let alignmentEvery = configuration.training.alignmentEvery
    if alignmentEvery > 0, progress.epoch % alignmentEvery == 0 {
      for point in try measureAlignment() { metrics["alignment/\(point.point)"] = point.mean }
    }
    let record = EpochRecord(
      epoch: progress.epoch, step: progress.step, learningRate: rate, metrics: metrics,
      seconds: progress.epochSeconds)
    if isEvaluated { select(record) }
    progress.stepInEpoch = 0
    progress.epochSeconds = 0
    lossSum.setZero()
    let patience = configuration.training.patience
    if progress.epoch >= configuration.training.epochs || (patience > 0 && progress.stagnation >= patience) {
      stop()
    }
    for callback in callbacks { try callback.epochEnded(self, record) }
  }

  /// The metrics of the present weights.
  /// - Throws: ``TrainingError/notFinite(metric:epoch:)``, and what the task throws.
  public func evaluate() throws -> [String: Double] {
    let metrics = try withoutGradient { try task.evaluate(Pass(.evaluation, generator: generator)) }
    if let bad = metrics.first(where: { !$0.value.isFinite }) {
      throw TrainingError.notFinite(metric: bad.key, epoch: max(progress.epoch - 1, 0))
    }
    return metrics
  }

  private func select(_ record: EpochRecord) {
    progress.last = record
    guard let value = record.metrics[Task.validationMetric.name] else { return }
    learningRate.epochEnded(metric: Task.validationMetric.higherIsBetter ? -value : value)
    let best = progress.best?.metrics[Task.validationMetric.name]
    if best.map({ Task.validationMetric.isBetter(value, than: $0) }) ?? true {
      progress.best = record
      progress.stagnation = 0
      bestWeights = weights()
    } else {
      progress.stagnation += 1
    }
  }

  /// The epoch whose metrics are the run's result.
  public var result: EpochRecord? {
    configuration.training.selection == .bestValidation ? progress.best ?? progress.last : progress.last
  }

  // MARK: TrainingSession

  /// Steps of the whole run, if it does not stop early.
  public var stepCount: Int { task.stepsPerEpoch * configuration.training.epochs }
  /// The loss of the last step; reading it waits for the device.
  public var lossOfLastStep: Double { lastLoss.item }
  /// The metric that selects the best epoch.
  public var validationMetric: Metric { Task.validationMetric }
  /// Ends training after the present epoch.
  public func stop() { progress.isFinished = true }

  /// The alignment of the method's signals with backpropagation's on the task's alignment batch, in evaluation
  /// mode; empty when the method sends no signals.
  /// - Throws: What the task throws when it reads the batch.
  public func measureAlignment() throws -> [PointAlignment] {
    let batch = try task.alignmentBatch()
    return AlignmentProbe.measure(method, generator: generator) { task.loss(batch, $0) }
  }
}
