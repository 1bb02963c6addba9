import Basics
import FeedbackAlignment
import Foundation
import Networks
import Reports
import TestSupport
import Testing
import Torch
import Training

@Suite("Checkpoints that cannot be used") struct CheckpointTests {
  private let scratch: TemporaryFolder
  private let file: URL

  /// A checkpoint of the toy task after four steps of DFA with Adam.
  init() throws {
    scratch = try TemporaryFolder()
    file = scratch.file("last.safetensors")
    let trainer = try Self.trainer()
    trainer.callbacks = [Hook(step: { if $0.progress.step == 4 { throw Killed() } })]
    #expect(throws: Killed()) { try trainer.train() }
    try trainer.checkpoint().write(to: file)
  }

  private static func trainer(_ assignments: [String] = []) throws -> ToyTrainer {
    try toyTrainer(.dfa, ["optimizer.rule=adam"] + assignments)
  }

  /// What reading the file and going on from it throws.
  private func error(_ assignments: [String] = []) -> CheckpointError? {
    do {
      try Self.trainer(assignments).resume(Checkpoint(contentsOf: file), best: nil)
    } catch {
      if let error = error as? CheckpointError { return error }
      Issue.record("not a CheckpointError: \(error)")
    }
    return nil
  }

  /// Rewrites the checkpoint, as if it had been written so.
  private func edit(_ body: (inout SafeTensors) throws -> Void) throws {
    var contents = try SafeTensors(Data(contentsOf: file))
    try body(&contents)
    try Checkpoint.sealed(contents).write(to: file)
  }

  private func edit(progress key: String, _ value: Int) throws {
    try edit { contents in
      let text = try #require(contents.metadata["progress"])
      var table = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      table[key] = value
      contents.metadata["progress"] = String(
        decoding: try JSONSerialization.data(withJSONObject: table), as: UTF8.self)
    }
  }

  @Test("A sound checkpoint is taken") func sound() { #expect(error() == nil) }

  @Test("A missing file, or a folder, is named") func missing() {
    for path in [scratch.file("absent"), scratch.url] {
      #expect(throws: CheckpointError.missing(path.path)) { try Checkpoint(contentsOf: path) }
    }
  }

  @Test("A file cut off anywhere is damaged") func truncated() throws {
    let whole = try Data(contentsOf: file)
    for count in [0, 1, 7, 8, 9, 100, whole.count - 1] + Array(stride(from: 10, to: whole.count, by: 211)) {
      try whole.prefix(count).write(to: file)
      guard case .damaged(file.path, _)? = error() else {
        Issue.record("\(count) of \(whole.count) bytes pass")
        continue
      }
    }
  }

  @Test(
    "A checkpoint that another program changed is refused",
    arguments: ["optimizer/head/weight/mean", "method/logits", "parameters/head/weight"])
  func changed(_ name: String) throws {
    let contents = try SafeTensors(Data(contentsOf: file))
    let tensor = try #require(contents.tensors[name])
    for change in [nil, tensor * 2] {
      var changed = contents
      changed.tensors[name] = change
      try changed.data().write(to: file)
      #expect(error() == .altered(file.path))
    }
    var renamed = contents
    renamed.metadata["run"] = "x"
    try renamed.data().write(to: file)
    #expect(error() == .altered(file.path))
    var unsealed = contents
    unsealed.metadata["digest"] = nil
    try unsealed.data().write(to: file)
    #expect(error() == .altered(file.path))
  }

  @Test("Bytes too many, text, and random bytes are damaged") func garbage() throws {
    let whole = try Data(contentsOf: file)
    var random = SeededRandom(state: 7)
    let noise = Data((0..<4_000).map { _ in UInt8.random(in: 0...255, using: &random) })
    for contents in [whole + [0], Data("run: {}\n".utf8), noise] {
      try contents.write(to: file)
      guard case .damaged(file.path, _)? = error() else {
        Issue.record("\(contents.count) bytes pass")
        continue
      }
    }
  }

  @Test("A file of tensors that is no checkpoint is incomplete") func incomplete() throws {
    for part in ["task", "progress"] {
      let whole = try Data(contentsOf: file)
      try edit { $0.metadata[part] = nil }
      #expect(error() == .incomplete(file.path))
      try whole.write(to: file)
    }
    for part in ["generator", "lossSum"] {
      let whole = try Data(contentsOf: file)
      try edit { $0.tensors[part] = nil }
      #expect(error() == .incomplete(file.path))
      try edit { $0.tensors[part] = Tensor.zeros([3]) }
      #expect(error() == .incomplete(file.path))
      try whole.write(to: file)
    }
  }

  @Test(
    "Progress that cannot be is incomplete",
    arguments: [
      ("settledStep", -1), ("settledStep", 5), ("sampleCount", -1), ("step", -1), ("metricsByteCount", -1),
    ])
  func progress(_ key: String, _ value: Int) throws {
    try edit(progress: key, value)
    #expect(error() == .incomplete(file.path))
  }

  @Test("Another task's checkpoint is named so") func otherTask() throws {
    try edit { $0.metadata["task"] = "image" }
    #expect(error() == .otherTask(file.path, found: "image", expected: "toy"))
  }

  @Test("Another network's weights are refused, and nothing is changed") func otherNetwork() throws {
    for (hidden, parameter) in [
      ("[9, 6]", "hidden1/weight"), ("[8]", "head/weight"), ("[8, 6, 6]", "hidden3/weight"),
    ] {
      guard case .otherNetwork(file.path, let mismatch)? = error(["hidden=\(hidden)"]) else {
        Issue.record("hidden=\(hidden) passes")
        continue
      }
      #expect("\(mismatch)".contains("'\(parameter)'"))
    }
    let trainer = try Self.trainer(["hidden=[8, 6, 5]"])
    let before = trainer.task.store.tensors.mapValues { $0.cloned() }
    #expect(throws: CheckpointError.self) { try trainer.loadWeights(Checkpoint(contentsOf: file)) }
    #expect(areEqual(trainer.task.store.tensors, before))
  }

  @Test(
    "NaN or infinity in any tensor is refused by its name",
    arguments: ["parameters/head/weight", "optimizer/head/weight/mean", "method/logits", "lossSum"])
  func notFinite(_ name: String) throws {
    try edit { contents in
      let tensor = try #require(contents.tensors[name])
      contents.tensors[name] = tensor * .nan
    }
    #expect(error() == .otherNetwork(file.path, .notFinite(name)))
  }

  @Test("An optimizer's state of other shapes is refused") func optimizer() throws {
    try edit { $0.tensors["optimizer/head/weight/mean"] = Tensor.zeros([2, 2]) }
    #expect(
      error()
        == .otherNetwork(
          file.path,
          .shape("optimizer/head/weight/mean", expected: "[3, 6] float32", found: "[2, 2] float32")))
    try edit { $0.tensors["optimizer/tail/weight/mean"] = Tensor.zeros([2, 2]) }
    try edit { $0.tensors["optimizer/head/weight/mean"] = Tensor.zeros([3, 6]) }
    #expect(error() == .otherNetwork(file.path, .surplus("optimizer/tail/weight/mean")))
  }

  @Test("A feedback matrix that is damaged or of another kind is refused by its name") func feedback() throws
  {
    try edit { $0.tensors["method/logits"] = Tensor.zeros([24]) }
    #expect(
      error()
        == .feedback(
          file.path,
          FeedbackMatrixError(
            path: "logits", found: "[24] float32",
            expected: "finite numbers of shape [error width, point width]")))
    try edit { $0.tensors["method/logits"] = Tensor.zeros([3, 8]) }
    #expect(error() == nil)
    #expect(
      error(["feedback.kind=sign"])
        == .feedback(
          file.path,
          FeedbackMatrixError(
            path: "logits", found: "[3, 8] float32",
            expected: "int8 signs of shape [error width, point width]")))
    #expect(
      error(["feedback.storage=regenerated"])
        == .feedback(
          file.path,
          FeedbackMatrixError(
            path: "logits", found: "[3, 8] float32", expected: "none, because it is regenerated")))
  }

  @Test("The best epoch's weights are checked when a run goes on") func best() throws {
    let other = try toyTrainer(.dfa, ["hidden=[5, 5]"])
    try other.train()
    let trainer = try Self.trainer()
    let last = try Checkpoint(contentsOf: file)
    #expect(throws: CheckpointError.self) { try trainer.resume(last, best: other.bestWeights) }
  }

  @Test("A file with a flipped bit is refused, and never traps") func flipped() throws {
    let whole = try Data(contentsOf: file)
    var random = SeededRandom(state: 1)
    let trainer = try Self.trainer()
    let header = 8 + whole.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    var refused = 0
    for round in 0..<600 {
      var bytes = whole
      let limit = round % 3 == 0 ? whole.count : header
      bytes[Int.random(in: 0..<limit, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try bytes.write(to: file)
      do {
        try trainer.resume(Checkpoint(contentsOf: file), best: nil)
      } catch {
        #expect(error is CheckpointError, "\(error)")
        refused += 1
      }
    }
    #expect(refused == 600)
  }

  @Test("A checkpoint that cannot be written leaves the one before it") func notWritable() throws {
    let checkpoint = try Checkpoint(contentsOf: file)
    let before = try Data(contentsOf: file)
    for path in [file.appendingPathComponent("last.safetensors"), scratch.file("absent/last.safetensors")] {
      #expect(throws: FileError.self) { try checkpoint.write(to: path) }
    }
    #expect(try Data(contentsOf: file) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["last.safetensors"])
  }

  @Test("Every error names the file and says what to do") func messages() {
    let errors: [CheckpointError] = [
      .missing("/x"), .damaged("/x", .truncated(bytes: 3, expected: 8)), .incomplete("/x"), .altered("/x"),
      .otherRun("/x"),
      .otherNetwork("/x", .notFinite("w")),
      .feedback("/x", FeedbackMatrixError(path: "y", found: "[3]", expected: "[3, 8]")),
      .otherTask("/x", found: "a", expected: "b"),
    ]
    for error in errors {
      #expect("\(error)".hasPrefix("/x: ") && "\(error)".contains("train"))
    }
  }
}

/// A small generator with a seed, so that every run damages in the same ways.
private struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return derivedSeed(state, "random")
  }
}
