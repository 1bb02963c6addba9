import Basics
import FeedbackAlignment
import Networks
import Torch

/// Trains a task by a method.
///
/// Equal tasks, methods and seeds give equal weights on the same device and number of threads, also when a
/// run is interrupted anywhere and resumed from its last checkpoint.
public final class Trainer<Task: TrainingTask>: TrainingSession {
  /// What is trained.
  public let task: Task
  /// How its gradients are made.
  public let method: any TrainingMethod
  /// How far training has come.
  public internal(set) var progress = TrainingProgress()
  /// Seconds of each step since this trainer began.
  public private(set) var stepSeconds: [Double] = []
  /// Steps of the whole run, if it does not stop early.
  public let stepCount: Int
  /// What watches the training.
  public var callbacks: [any TrainingCallback]
  /// The weights of the best evaluation, and what the method had learned then; nil before the first.
  public internal(set) var bestWeights: Checkpoint?

  private let configuration: TrainingConfiguration
  let optimizer: Optimizer
  var learningRate: LearningRate
  let generator: RandomGenerator
  /// The sum over samples of their losses since the last record.
  let lossSum: Tensor
  private let watched: Metric?
  private var lastLoss = Tensor(0)
  private let stepper: TrainingStepper
  private var hasReportedRefusal = false
  /// The samples of the steps since this trainer began.
  private var seenSampleCount = 0
  private var isStopped = false

  /// A trainer at the beginning of a run.
  /// - Throws: ``ConfigurationError`` where a length or rhythm counts epochs that the task does not have, settings are of a
  ///   group of parameters or a metric that it does not have, or a batch is too small for a layer.
  public init(
    _ task: Task, _ configuration: Task.Configuration, method: any TrainingMethod,
    environment: TaskEnvironment, callbacks: [any TrainingCallback] = []
  ) throws {
    self.task = task
    self.method = method
    self.configuration = configuration.training
    self.callbacks = callbacks
    let fewest = task.store.fewestSamples
    guard configuration.training.batchSize ?? fewest >= fewest else {
      throw ConfigurationError.value(
        key: "training.batchSize",
        reason: "must be at least \(fewest): batch normalisation divides by a batch's variance")
    }
    let settings = configuration.optimizer
    optimizer = try settings.make(task.store.parameters)
    do throws(SettingError) {
      stepCount = try configuration.training.stepCount(stepsPerEpoch: task.stepsPerEpoch)
      try method.prepare(stepsPerEpoch: task.stepsPerEpoch)
    } catch { throw ConfigurationError(error) }
    do throws(SettingError) {
      learningRate = try LearningRate(
        settings.learningRate, settings.schedule.schedule, warmup: settings.warmup, runSteps: stepCount,
        stepsPerEpoch: task.stepsPerEpoch)
    } catch { throw ConfigurationError.value(key: "optimizer.\(error.key)", reason: error.reason) }
    watched = try learningRate.watch.map { try Task.metric(named: $0.metric) }
    generator = RandomGenerator(seed: derivedSeed(environment.seed, "training"), device: environment.device)
    lossSum = Tensor.zeros([], dtype: .float64, device: environment.device)
    stepper = TrainingStepper(
      task.store, method: method, optimizer: optimizer, configuration: configuration.training,
      clipNorm: settings.clipNorm, generator: generator)
  }

  /// Trains to the end.
  /// - Throws: ``TrainingError`` when the loss, a parameter, a buffer or the feedback is not finite, and what the task and
  ///   callbacks throw; ``Interrupted`` when ``Interruption`` asks for it.
  public func train() throws {
    for callback in callbacks { try callback.began(self) }
    try Interruption.whileTraining {
      while !progress.isFinished {
        // A checkpoint may be from between a step and what is due after it.
        if progress.step > progress.settledStep {
          try settle()
        } else {
          try step()
          for callback in callbacks { try callback.stepEnded(self) }
        }
        if let signal = Interruption.signal, !progress.isFinished {
          for callback in callbacks { try callback.interrupted(self) }
          throw Interrupted(signal: signal, step: progress.step)
        }
      }
    }
    for callback in callbacks { try callback.ended(self) }
  }

  /// One step: gradients by the method, an update by the optimizer.
  private func step() throws {
    let stopwatch = Stopwatch()
    let batch = try task.batch(progress.step)
    lastLoss = try step(on: batch)
    let sampleCount = task.sampleCount(of: batch)
    lossSum.add(lastLoss, scale: Double(sampleCount))
    reportRefusal()
    progress.step += 1
    progress.sampleCount += sampleCount
    seenSampleCount += sampleCount
    if let notice = try task.notice(after: progress.step, Pass(.evaluation, generator: generator)) {
      for callback in callbacks { callback.noticed(self, notice) }
    }
    let seconds = stopwatch.seconds
    stepSeconds.append(seconds)
    progress.seconds += seconds
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
    let count = configuration.microBatches
    let parts =
      count == 1 ? [MicroBatch(batch, weight: 1)] : try task.microBatches(of: batch, count: count)
    return stepper.step(parts, rate: learningRate.rate(step: progress.step), loss: task.loss)
  }

  /// Does what is due after the present step: records, evaluations, the end.
  private func settle() throws {
    let isLast = isStopped || progress.step >= stepCount
    let isEvaluated = isLast || isDue(.evaluation)
    if isEvaluated || isDue(.log) || isDue(.alignment) { try record(evaluating: isEvaluated) }
    progress.settledStep = progress.step
    if isLast || isOutOfPatience { (progress.isFinished, progress.finishedLength) = (true, stepCount) }
  }

  private func record(evaluating isEvaluated: Bool) throws {
    let trainLoss = lossSum.item / Double(max(progress.sampleCount, 1))
    guard trainLoss.isFinite else { throw TrainingError.notFinite("trainLoss", step: progress.step) }
    if isEvaluated, let name = notFinite { throw TrainingError.notFinite(name, step: progress.step) }
    var metrics = isEvaluated ? try evaluate(.validation) : [:]
    metrics["trainLoss"] = trainLoss
    metrics.merge(method.counts.mapValues(Double.init)) { $1 }
    if isDue(.alignment) {
      for point in try measureAlignment() { metrics["alignment/\(point.point)"] = point.mean }
    }
    let record = TrainingRecord(
      step: progress.step, epoch: task.stepsPerEpoch.map { Double(progress.step) / Double($0) },
      learningRate: learningRate.rate(step: max(progress.step - 1, 0)), metrics: metrics,
      seconds: progress.seconds)
    if isEvaluated { select(record) }
    (progress.seconds, progress.sampleCount) = (0, 0)
    lossSum.setZero()
    progress.settledStep = progress.step
    for callback in callbacks { try callback.recorded(self, record) }
  }

  /// Keeps the weights where they are the best so far, and shows the schedule the metric that it watches.
  private func select(_ record: TrainingRecord) {
    progress.last = record
    if let watched, let value = record.metrics[watched.name(on: .validation)] {
      learningRate.observe(watched.higherIsBetter ? -value : value, step: progress.step)
    }
    let name = primaryMetric.name(on: .validation)
    guard let value = record.metrics[name] else { return }
    if progress.best?.metrics[name].map({ primaryMetric.isBetter(value, than: $0) }) ?? true {
      progress.best = record
      bestWeights = measuredState()
    }
  }

  /// Whether the validation metric has not become better for as long as patience lasts.
  private var isOutOfPatience: Bool {
    guard let best = progress.best?.step,
      let patience = configuration.patience?.steps(stepsPerEpoch: task.stepsPerEpoch)
    else { return false }
    return progress.last?.step == progress.step && progress.step - best >= patience
  }

  /// The metrics of the present weights on a part of the data, by their names in files.
  /// - Throws: ``TrainingError/notFinite(_:step:)``, and what the task throws.
  public func evaluate(_ split: Split) throws -> [String: Double] {
    let values = try withoutGradient { try task.evaluate(split, Pass(.evaluation, generator: generator)) }
    let metrics = Dictionary(uniqueKeysWithValues: values.map { ($0.name(on: split), $1) })
    if let bad = metrics.filter({ !$0.value.isFinite }).keys.min() {
      throw TrainingError.notFinite(bad, step: progress.step)
    }
    return metrics
  }

  /// The evaluation whose metrics and weights are the run's result; nil before the first.
  public var selected: TrainingRecord? {
    configuration.selection == .bestValidation ? progress.best ?? progress.last : progress.last
  }

  /// What the run reached: the metrics of the selected weights on the validation and the test data, and their alignment.
  /// Weights are the last ones again afterwards.
  /// - Throws: What evaluations throw.
  public func result() throws -> TrainingResult {
    try withSelectedWeights {
      var metrics = selected?.metrics ?? [:]
      for split in [Split.training, .test] { metrics.merge(try evaluate(split)) { recorded, _ in recorded } }
      return TrainingResult(
        step: selected?.step ?? progress.step, epoch: selected?.epoch, metrics: metrics,
        alignment: try measureAlignment())
    }
  }

  // MARK: TrainingSession

  /// The loss of the last step; reading it waits for the device.
  public var lossOfLastStep: Double { lastLoss.item }
  /// The samples of this trainer's steps by their seconds.
  public var samplesPerSecond: (rate: Double, word: String)? {
    let seconds = stepSeconds.reduce(0, +)
    guard let word = Task.sampleWord, seconds > 0 else { return nil }
    return (Double(seenSampleCount) / seconds, word)
  }
  /// The metric that selects weights.
  public var primaryMetric: Metric { Task.primaryMetric }
  /// Ends training after the present step.
  public func stop() { isStopped = true }

  /// Whether it is the turn of something that comes every so often.
  public func isDue(_ rhythm: Rhythm) -> Bool {
    let span = rhythm.span(configuration, hasEpochs: task.stepsPerEpoch != nil)
    guard let steps = span?.steps(stepsPerEpoch: task.stepsPerEpoch) else { return false }
    return progress.step % max(steps, 1) == 0
  }

  /// The alignment of the method's signals with backpropagation's on the task's alignment batch, in evaluation
  /// mode; empty when the method sends no signals.
  /// - Throws: What the task throws when it reads the batch.
  public func measureAlignment() throws -> [PointAlignment] {
    let batch = try task.alignmentBatch()
    return AlignmentProbe.measure(method, generator: generator) { task.loss(batch, $0) }
  }
}
