import Basics
import Foundation
import Networks
import Torch

/// What a network is given and what it gives, in a safetensors file.
public struct PredictionFile {
  /// The tensors, by the names that the task gives them.
  public let tensors: [String: Tensor]

  /// Runs a trainer's network in evaluation mode.
  /// - Throws: ``ConfigurationError`` for a task that is no ``PredictingTask``, and what it throws.
  public init<Task: TrainingTask>(_ trainer: Trainer<Task>) throws {
    guard let task = trainer.task as? any PredictingTask else {
      throw ConfigurationError.value(
        key: "--predictions", reason: "task '\(Task.name)' does not write predictions; leave it out")
    }
    let pass = Pass(.evaluation, generator: trainer.generator)
    tensors = try withoutGradient {
      try task.predictions(pass).mapValues { $0.detached().to(.cpu).contiguous() }
    }
  }

  /// Writes a file, whole or not at all.
  /// - Throws: `FileError` when it cannot be written.
  public func write(to url: URL) throws {
    try AtomicFile.write(SafeTensors(tensors: tensors, metadata: ["format": "pt"]).data(), to: url)
  }
}
