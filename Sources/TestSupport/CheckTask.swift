import FeedbackAlignment
import Foundation
import Networks
import Torch
import Training

/// Checks what every task must keep: presets that are valid, equal first weights whichever method trains, batches
/// and metrics that are given by the seed, losses that fall, untouched weights below the points in shallow training,
/// and checkpoints that hold everything.
/// - Parameters:
///   - task: The task.
///   - preset: The preset that is trained.
///   - assignments: `key=value` that override it.
///   - device: Where it is trained.
///   - steps: Steps on one batch, after which the loss must not be greater than before.
/// - Returns: What is wrong, empty when all is well.
/// - Throws: What the task throws.
package func checkTask<Task: TrainingTask>(
  _ task: Task.Type, preset: String = "debug", assignments: [String] = [], device: Device = .cpu,
  steps: Int = 30
) throws -> [String] {
  let check = TaskCheck<Task>(
    experiment: try Experiment(task, preset: preset, assignments: assignments, device: device), steps: steps)
  try check.presets()
  try check.firstWeights()
  try check.evaluation()
  for method in MethodName.allCases { try check.training(method) }
  try check.alignment()
  return check.violations
}

private final class TaskCheck<Task: TrainingTask> {
  let experiment: Experiment<Task>
  let steps: Int
  private(set) var violations: [String] = []

  init(experiment: Experiment<Task>, steps: Int) {
    self.experiment = experiment
    self.steps = steps
  }

  private var generator: RandomGenerator { RandomGenerator(seed: 1, device: experiment.device) }

  private func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { violations.append(message()) }
  }

  func presets() throws {
    let names = Task.presets.map(\.name)
    expect(Set(names).count == names.count, "two presets have one name: \(names)")
    expect(names.contains("debug"), "there is no preset 'debug'")
    expect(!Task.name.isEmpty && !Task.summary.isEmpty, "the task has no name or summary")
    for preset in Task.presets {
      expect(!preset.summary.isEmpty, "the preset '\(preset.name)' has no summary")
      for method in MethodName.allCases {
        let plain = preset.configuration(method)
        // An assignment makes the configuration pass through YAML.
        let overlay = try Experiment<Task>(
          preset: preset.name, assignments: ["training.epochs=\(plain.training.epochs)"])
        expect(
          try overlay.configuration(method) == plain, "YAML changes '\(preset.name)' for \(method.rawValue)")
      }
    }
  }

  func firstWeights() throws {
    let trainers = try MethodName.allCases.map { try experiment.trainer($0, seed: 3) }
    let other = try experiment.trainer(.bp, seed: 4).task.store
    let store = trainers[0].task.store
    for trainer in trainers {
      expect(areEqual(store, trainer.task.store), "the first weights differ from method to method")
      let grouped = trainer.task.parameterGroups.flatMap(\.parameters).map(\.path).sorted()
      expect(
        grouped == store.parameters.map(\.path).sorted(), "not every parameter is in one group: \(grouped)")
    }
    expect(!areEqual(store, other), "the first weights do not depend on the seed")
    expect(trainers[0].task.stepsPerEpoch >= 1, "an epoch has no step")
  }

  func evaluation() throws {
    let trainer = try experiment.trainer(.bp, seed: 3)
    let before = trainer.task.store.tensors.mapValues { $0.detached().cloned() }
    let metrics = try trainer.evaluate()
    for metric in [Task.validationMetric, Task.testMetric] {
      expect(metrics[metric.name] != nil, "'\(metric.name)' is not among \(metrics.keys.sorted())")
      if metric.isFraction, let value = metrics[metric.name] {
        expect((0...1).contains(value), "'\(metric.name)' is \(value)")
      }
    }
    expect(try trainer.evaluate() == metrics, "two evaluations of the same weights differ")
    expect(
      trainer.task.store.tensors.allSatisfy { before[$0]?.equals($1) == true }, "evaluation moves weights")
    func batch() throws -> Double { try loss(trainer, trainer.task.batch(epoch: 0, step: 0)) }
    let last = trainer.task.stepsPerEpoch - 1
    let first = try batch()
    _ = try trainer.task.batch(epoch: 1, step: last)
    expect(try batch() == first, "a batch is not the same whenever it is asked for")
  }

  func training(_ method: MethodName) throws {
    let trainer = try experiment.trainer(method, seed: 3)
    let store = trainer.task.store
    let before = store.tensors.mapValues { $0.detached().cloned() }
    let batch = try trainer.task.batch(epoch: 0, step: 0)
    let start = try loss(trainer, batch)
    let gradients = try probe(method, batch)
    for step in 0..<steps {
      let loss = try trainer.step(on: batch)
      expect(loss.isAllFinite, "\(method.rawValue): the loss of step \(step) is \(loss.item)")
    }
    let end = try loss(trainer, batch)
    expect(
      end <= start || method.row.mayRaiseLoss,
      "\(method.rawValue): \(steps) steps on one batch take the loss from \(start) to \(end)")
    for (parameter, gradient) in zip(store.parameters, gradients.tensors) {
      let isSame = before[parameter.path]?.equals(parameter.tensor) == true
      if gradient == nil {
        expect(!method.row.trainsBelowPoints, "\(method.rawValue): '\(parameter.path)' gets no gradient")
        expect(isSame, "\(method.rawValue): '\(parameter.path)' moves without a gradient")
      } else {
        expect(!isSame, "\(method.rawValue): '\(parameter.path)' does not move")
      }
    }
    if !method.row.trainsBelowPoints {
      let trained = gradients.tensors.filter { $0 != nil }.count
      expect((1..<gradients.tensors.count).contains(trained), "shallow training trains \(trained) parameters")
    }
    try roundTrip(trainer, method)
  }

  /// The gradients of a first step.
  private func probe(_ method: MethodName, _ batch: Task.Batch) throws -> Gradients {
    let trainer = try experiment.trainer(method, seed: 3)
    return trainer.method.step(trainer.task.store.parameters, generator: generator) {
      trainer.task.loss(batch, $0)
    }.gradients
  }

  private func roundTrip(_ trainer: Trainer<Task>, _ method: MethodName) throws {
    let folder = try TemporaryFolder()
    let file = folder.file("checkpoint.safetensors")
    let checkpoint = trainer.checkpoint()
    try checkpoint.write(to: file)
    let resumed = try experiment.trainer(method, seed: 5)
    try resumed.resume(Checkpoint(contentsOf: file), best: nil)
    let again = resumed.checkpoint()
    expect(again.progress == checkpoint.progress, "\(method.rawValue): a checkpoint loses the progress")
    expect(
      again.tensors.keys.sorted() == checkpoint.tensors.keys.sorted()
        && again.tensors.allSatisfy { checkpoint.tensors[$0]?.to(.cpu).equals($1.to(.cpu)) == true },
      "\(method.rawValue): a checkpoint changes tensors")
  }

  func alignment() throws {
    let trainer = try experiment.trainer(.dfa, seed: 3)
    let alignment = try trainer.measureAlignment()
    expect(!alignment.isEmpty, "no point has an alignment")
    for point in alignment {
      expect(point.rows > 0, "'\(point.point)' has no rows")
      expect(point.mean.map { (-1.0...1).contains($0) } ?? false, "'\(point.point)': \(point.mean ?? .nan)")
    }
    expect(
      try experiment.trainer(.bp, seed: 3).measureAlignment().isEmpty, "backpropagation has an alignment")
  }

  private func loss(_ trainer: Trainer<Task>, _ batch: Task.Batch) throws -> Double {
    withoutGradient {
      trainer.task.loss(batch, Pass(.evaluation, generator: generator)).item
    }
  }

  private func areEqual(_ x: ParameterStore, _ y: ParameterStore) -> Bool {
    x.tensors.count == y.tensors.count && x.tensors.allSatisfy { y.tensors[$0]?.equals($1) == true }
  }
}
