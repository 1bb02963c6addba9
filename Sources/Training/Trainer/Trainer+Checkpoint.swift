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
  /// All that is needed to go on: parameters, optimizer, feedback, generator and progress.
  public func checkpoint(metricsByteCount: Int = 0) -> Checkpoint {
    var progress = progress
    progress.metricsByteCount = metricsByteCount
    progress.learningRate = learningRate.state
    var tensors = weights().tensors
    for (name, tensor) in optimizer.state { tensors[Part.optimizer + name] = tensor }
    for (name, tensor) in method.state { tensors[Part.method + name] = tensor }
    tensors[Part.generator] = generator.state
    tensors[Part.lossSum] = lossSum
    return Checkpoint(task: Task.name, tensors: tensors, progress: progress)
  }

  /// A copy of the parameters and buffers.
  func weights() -> Checkpoint {
    Checkpoint(
      task: Task.name,
      tensors: Dictionary(
        uniqueKeysWithValues: task.store.tensors.map { (Part.parameters + $0, $1.detached().cloned()) }),
      progress: progress)
  }

  /// Takes over the parameters of a checkpoint, and the feedback matrices where it has them.
  /// - Throws: ``CheckpointError`` when they are another network's.
  public func loadWeights(_ checkpoint: Checkpoint) throws {
    guard checkpoint.task == Task.name else {
      throw CheckpointError.otherTask(checkpoint.source, found: checkpoint.task, expected: Task.name)
    }
    do {
      try task.store.load(checkpoint.part(Part.parameters))
    } catch let mismatch as ParameterMismatch {
      throw CheckpointError.otherNetwork(checkpoint.source, mismatch)
    }
  }

  /// Goes on where a checkpoint was made.
  /// - Throws: ``CheckpointError`` when it is another network's or not complete.
  public func resume(_ checkpoint: Checkpoint, best: Checkpoint?) throws {
    guard let state = checkpoint.tensors[Part.generator], let sum = checkpoint.tensors[Part.lossSum] else {
      throw CheckpointError.incomplete(checkpoint.source)
    }
    if let (name, _) = checkpoint.tensors.first(where: { $1.dtype.isFloatingPoint && !$1.isAllFinite }) {
      throw CheckpointError.otherNetwork(checkpoint.source, .notFinite(name))
    }
    try loadWeights(checkpoint)
    optimizer.restore(checkpoint.part(Part.optimizer))
    method.restore(checkpoint.part(Part.method))
    generator.state = state
    lossSum.copy(from: sum)
    progress = checkpoint.progress
    learningRate.state = progress.learningRate
    bestWeights = best
  }

  /// Takes over a checkpoint's parameters and feedback matrices, to measure them.
  /// - Throws: ``CheckpointError`` when they are another network's.
  public func loadForMeasuring(_ checkpoint: Checkpoint) throws {
    try loadWeights(checkpoint)
    method.restore(checkpoint.part(Part.method))
  }
}
