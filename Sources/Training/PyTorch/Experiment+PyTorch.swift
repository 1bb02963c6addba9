import FeedbackAlignment
import Foundation

extension Experiment {
  /// Begins a run in a folder with weights that PyTorch trained: a checkpoint before the first step, which can be evaluated,
  /// measured and trained on as every other.
  /// - Parameters:
  ///   - file: A safetensors file with the `state_dict`.
  ///   - method: By which the run is to be trained on.
  ///   - seed: The seed of everything random.
  ///   - folder: Where to.
  /// - Throws: ``PyTorchFileError``, ``RunError/exists(_:)``, and what the task throws when its data are missing.
  public func importPyTorch(_ file: URL, method: MethodName, seed: UInt64, into folder: RunFolder) throws {
    guard !folder.exists, !folder.hasCheckpoints else { throw RunError.exists(folder.url.path) }
    let weights = try PyTorchFile(contentsOf: file)
    let record = try record(method, seed: seed)
    let trainer = try Experiment.trainer(record, device: device, datasets: datasets)
    try weights.load(into: trainer, from: file)
    try folder.whileUnused {
      guard !folder.exists else { throw RunError.exists(folder.url.path) }
      try folder.create(record)
      var checkpoint = trainer.checkpoint()
      checkpoint.run = try folder.identity()
      try checkpoint.write(to: folder.lastCheckpoint)
    }
  }
}
