import Basics
import FeedbackAlignment
import Foundation
import Reports
import Torch

/// Tensors and progress of a run at one moment, in one safetensors file.
///
/// Tensors are named `parameters/PATH`, `optimizer/PATH/SLOT`, `method/PATH`, `generator` and `lossSum`, so
/// that the weights can be read by any tool that knows the format.
public struct Checkpoint {
  /// The name of the task.
  public let task: String
  /// The tensors.
  public let tensors: [String: Tensor]
  /// How far the run had come.
  public let progress: TrainingProgress
  /// Where it was read from, for error messages.
  public var source = "checkpoint"

  init(task: String, tensors: [String: Tensor], progress: TrainingProgress) {
    self.task = task
    self.tensors = tensors
    self.progress = progress
  }

  /// Reads a file.
  /// - Throws: ``CheckpointError`` when it is missing, truncated or not a checkpoint.
  public init(contentsOf url: URL) throws {
    guard let data = try? Data(contentsOf: url) else { throw CheckpointError.missing(url.path) }
    let file: SafeTensors
    do {
      file = try SafeTensors(data)
    } catch let error as SafeTensorsError {
      throw CheckpointError.damaged(url.path, error)
    }
    guard let task = file.metadata["task"], let json = file.metadata["progress"],
      let progress = try? JSONDecoder().decode(TrainingProgress.self, from: Data(json.utf8))
    else { throw CheckpointError.incomplete(url.path) }
    self.init(task: task, tensors: file.tensors, progress: progress)
    source = url.path
  }

  /// Writes the file under a temporary name, syncs and renames it: a killed process leaves the old file or
  /// the new one.
  /// - Throws: `FileError` when the disk is full or the folder not writable.
  public func write(to url: URL) throws {
    let json = String(decoding: try JSONEncoder().encode(progress), as: UTF8.self)
    let file = SafeTensors(
      tensors: tensors, metadata: ["task": task, "progress": json, "dfa": directFeedbackVersion])
    try AtomicFile.write(file.data(), to: url)
  }

  /// The first tensor, by name, with NaN or infinity in it.
  var notFinite: String? {
    tensors.filter { $1.dtype.isFloatingPoint && !$1.isAllFinite }.keys.min()
  }

  /// The tensors whose names begin with a prefix, without it.
  func part(_ prefix: String) -> [String: Tensor] { tensors.part(prefix) }
}
