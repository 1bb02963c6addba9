import FeedbackAlignment
import Foundation
import Networks
import Torch

/// The names of a checkpoint's tensors: prefixes and single tensors.
private enum Part {
  static let parameters = "parameters/"
  static let optimizer = "optimizer/"
  static let method = "method/"
  static let generator = "generator"
  static let lossSum = "lossSum"
}

extension Trainer {
  /// A copy of all that is needed to resume: parameters, optimizer, feedback, generator and progress.
  public func checkpoint(metricsByteCount: Int = 0) -> Checkpoint {
    var progress = progress
    progress.metricsByteCount = metricsByteCount
    progress.plateau = learningRate.plateau
    var tensors = measuredState().tensors
    for (name, tensor) in optimizer.state { tensors[Part.optimizer + name] = tensor.cloned() }
    tensors[Part.generator] = generator.state
    tensors[Part.lossSum] = lossSum.cloned()
    return Checkpoint(task: Task.name, tensors: tensors, progress: progress)
  }

  /// A copy of what makes the network and its feedback: parameters, buffers, and what the method has learned.
  func measuredState() -> Checkpoint {
    var tensors = measuredTensors
    for (name, tensor) in task.store.tensors { tensors[Part.parameters + name] = tensor.detached().cloned() }
    return Checkpoint(task: Task.name, tensors: tensors, progress: progress)
  }

  /// The first tensor of the network or its feedback, by name, with NaN or infinity in it.
  var notFinite: String? { measuredTensors.firstNotFinite }

  private var measuredTensors: [String: Tensor] {
    var tensors = Dictionary(uniqueKeysWithValues: task.store.tensors.map { (Part.parameters + $0, $1) })
    for (name, tensor) in method.state { tensors[Part.method + name] = tensor }
    return tensors
  }

  /// Does something with the selected weights and the feedback of their moment, and goes back to the present ones.
  func withSelectedWeights<Value>(_ body: () throws -> Value) throws -> Value {
    guard selected?.step != progress.step, let best = bestWeights else { return try body() }
    let present = measuredState()
    try loadForMeasuring(best)
    let result = Result { try body() }
    try loadForMeasuring(present)
    return try result.get()
  }

  /// Takes over the parameters of a checkpoint.
  /// - Throws: ``CheckpointError`` when they are another network's.
  public func loadWeights(_ checkpoint: Checkpoint) throws {
    try checkpoint.loadWeights(into: task.store, of: Task.self)
  }

  /// Goes on where a checkpoint was made.
  /// - Throws: ``CheckpointError`` when it is another network's or not complete.
  public func resume(_ checkpoint: Checkpoint, best: Checkpoint?) throws {
    guard let state = checkpoint.tensors[Part.generator], let sum = checkpoint.tensors[Part.lossSum],
      sum.shape == [], isPossible(checkpoint.progress)
    else { throw CheckpointError.incomplete(checkpoint.source) }
    if let name = checkpoint.notFinite {
      throw CheckpointError.otherNetwork(checkpoint.source, .notFinite(name))
    }
    // The best weights and their feedback are loaded only to see that they can be.
    if let best { try loadForMeasuring(best) }
    try loadWeights(checkpoint)
    let slots = checkpoint.part(Part.optimizer)
    try check(slots, of: checkpoint.source)
    optimizer.restore(slots)
    try restoreFeedback(checkpoint)
    do {
      try withTorchErrors { generator.state = state }
    } catch is TorchError {
      throw CheckpointError.incomplete(checkpoint.source)
    }
    lossSum.copy(from: sum)
    progress = checkpoint.progress
    // A run that has ended goes on when it is to be longer now.
    if let length = progress.finishedLength, length < stepCount {
      (progress.isFinished, progress.finishedLength) = (false, nil)
    }
    learningRate.plateau = progress.plateau
    bestWeights = best
  }

  private func isPossible(_ progress: TrainingProgress) -> Bool {
    (0...stepCount).contains(progress.step) && (0...progress.step).contains(progress.settledStep)
      && progress.sampleCount >= 0
      && progress.metricsByteCount >= 0 && progress.eventsByteCounts.values.allSatisfy { $0 >= 0 }
  }

  /// Checks that what an optimizer keeps has the shapes of this network: a number or a tensor for each parameter.
  private func check(_ slots: [String: Tensor], of source: String) throws {
    for (name, tensor) in slots.sorted(by: { $0.key < $1.key }) {
      let path = name.split(separator: "/").dropLast().joined(separator: "/")
      guard let parameter = task.store.parameters.first(where: { $0.path == path })?.tensor else {
        throw CheckpointError.otherNetwork(source, .surplus(Part.optimizer + name))
      }
      guard tensor.dtype == parameter.dtype, tensor.shape == parameter.shape || tensor.shape == [] else {
        throw CheckpointError.otherNetwork(
          source,
          .shape(
            Part.optimizer + name, expected: "\(parameter.shape) \(parameter.dtype)",
            found: "\(tensor.shape) \(tensor.dtype)"))
      }
    }
  }

  /// Takes over a checkpoint's parameters and feedback matrices, to measure them.
  /// - Throws: ``CheckpointError`` when they are another network's.
  public func loadForMeasuring(_ checkpoint: Checkpoint) throws {
    try loadWeights(checkpoint)
    try restoreFeedback(checkpoint)
  }

  private func restoreFeedback(_ checkpoint: Checkpoint) throws {
    do {
      try method.restore(checkpoint.part(Part.method))
      try checkFeedbackWeights()
    } catch let error as FeedbackMatrixError {
      throw CheckpointError.feedback(checkpoint.source, error)
    }
  }

  /// Checks that what the method keeps for the weights of layers has their shapes.
  private func checkFeedbackWeights() throws(FeedbackMatrixError) {
    guard let method = method.base as? any LayerwiseFeedbackMethod else { return }
    for (path, tensor) in method.feedbackWeights.sorted(by: { $0.key < $1.key }) {
      let weight = task.store.parameters.first { $0.path == path }?.tensor
      guard let weight, tensor.shape == weight.shape, tensor.dtype == weight.dtype, tensor.isAllFinite else {
        throw FeedbackMatrixError(
          path: path, found: "\(tensor.shape) \(tensor.dtype)",
          expected: weight.map { "finite numbers of the weight's \($0.shape) \($0.dtype)" }
            ?? "none, because the network has no such weight")
      }
    }
  }
}

extension Checkpoint {
  /// Puts the parameters into a network of a task.
  /// - Throws: ``CheckpointError`` when they are another network's.
  func loadWeights(into store: ParameterStore, of task: any TrainingTask.Type) throws {
    guard self.task == task.name else {
      throw CheckpointError.otherTask(source, found: self.task, expected: task.name)
    }
    do {
      try store.load(part(Part.parameters))
    } catch let mismatch as ParameterMismatch {
      throw CheckpointError.otherNetwork(source, mismatch)
    }
  }
}
