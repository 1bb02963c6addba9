import FeedbackAlignment
import Foundation
import TestSupport
import Testing
import Torch
import Training

@Suite("Feedback weights of checkpoints") struct FeedbackWeightsCheckpointTests {
  private let scratch: TemporaryFolder
  private let file: URL

  init() throws {
    scratch = try TemporaryFolder()
    file = scratch.file("last.safetensors")
  }

  private func trainer(_ method: MethodName) throws -> ToyTrainer {
    try toyTrainer(method, ["optimizer.rule=adam"])
  }

  /// Writes a checkpoint after four steps in which a tensor of the feedback is another one; nil takes it away.
  private func write(_ method: MethodName, _ name: String, _ tensor: Tensor?) throws {
    let trainer = try trainer(method)
    trainer.callbacks = [Hook(step: { if $0.progress.step == 4 { throw Killed() } })]
    #expect(throws: Killed()) { try trainer.train() }
    try trainer.checkpoint().write(to: file)
    var contents = try SafeTensors(Data(contentsOf: file))
    contents.tensors["method/\(name)"] = tensor
    try Checkpoint.sealed(contents).write(to: file)
  }

  /// Checks that the file is refused wherever a checkpoint is loaded: to measure, to go on, and as the best one.
  private func expectRefusal(_ method: MethodName, path: String, found: String, expected: String) throws {
    let error = CheckpointError.feedback(
      file.path, FeedbackMatrixError(path: path, found: found, expected: expected))
    let checkpoint = try Checkpoint(contentsOf: file)
    #expect(throws: error) { try trainer(method).loadForMeasuring(checkpoint) }
    #expect(throws: error) { try trainer(method).resume(checkpoint, best: nil) }
    let whole = try trainer(method)
    #expect(throws: error) { try whole.resume(whole.checkpoint(), best: checkpoint) }
  }

  @Test(
    "Feedback weights of other shapes, types or paths are refused when they are loaded",
    arguments: [("fa", ""), ("usf", ""), ("brsf", ""), ("frsf", ""), ("kp", "tensors/")])
  func misfits(_ name: String, _ prefix: String) throws {
    let method = try #require(MethodName(rawValue: name))
    let weight = "finite numbers of the weight's [3, 6] float32"
    // What moves the tensors of Kolen and Pollack has their shapes, and is refused first.
    let shapes: [(Tensor, String)] = name == "kp" ? [] : [(.ones([3, 7]), "[3, 7] float32")]
    for (tensor, found) in shapes + [(.ones([3, 6], dtype: .float64), "[3, 6] float64")] {
      try write(method, prefix + "head/weight", tensor)
      try expectRefusal(method, path: "head/weight", found: found, expected: weight)
    }
    try write(method, prefix + "tail/weight", .ones([3, 6]))
    try expectRefusal(
      method, path: "tail/weight", found: "[3, 6] float32",
      expected: "none, because the network has no such weight")
  }

  @Test("Sound feedback weights are taken", arguments: ["fa", "usf", "brsf", "frsf", "kp"])
  func sound(_ name: String) throws {
    let method = try #require(MethodName(rawValue: name))
    try write(method, "steps", nil)
    let checkpoint = try Checkpoint(contentsOf: file)
    try trainer(method).loadForMeasuring(checkpoint)
    try trainer(method).resume(checkpoint, best: checkpoint)
  }
}
