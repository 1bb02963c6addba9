import FeedbackAlignment
import Foundation
import TestSupport
import Testing
import Training

@Suite("Training into a folder", .serialized) struct FolderTrainingTests {
  private let scratch: TemporaryFolder
  private let folder: RunFolder

  init() throws {
    scratch = try TemporaryFolder()
    folder = RunFolder(scratch.file("run"))
  }

  private func training(
    _ assignments: [String] = [], method: MethodName = .dfa, in other: RunFolder? = nil, resumes: Bool = false
  ) throws -> FolderTraining<ToyTask> {
    try FolderTraining(
      Experiment(assignments: assignments), method: method, seed: 1, in: other ?? folder,
      resumes: resumes)
  }

  @Test("A run leaves its record, metrics, checkpoints and report, and is loaded for measuring") func run()
    throws
  {
    let training = try training()
    #expect(training.label == "toy debug dfa seed 1")
    #expect(try !training.isFinished)
    let result = try training.train()
    #expect(try training.isFinished)
    #expect(try folder.header().title == "debug DFA seed 1")
    #expect(try folder.metrics().count == 3)
    let page = try String(contentsOf: folder.reportFile, encoding: .utf8)
    #expect(page.contains("debug DFA seed 1") && page.contains("test accuracy (%)"))
    #expect(try folder.result() == result)
    let best = try folder.trainer(ToyTask.self, weights: .best, device: .cpu)
    #expect(try best.evaluate(.validation)["validationAccuracy"] == result.metrics["validationAccuracy"])
    #expect(try best.measureAlignment() == result.alignment)
  }

  @Test("A run in the folder is not written over, and is only resumed as what it was") func refuses() throws {
    _ = try training().train()
    #expect(throws: RunError.exists(folder.url.path)) { _ = try training() }
    func differs(_ key: String, _ stored: String, _ asked: String) -> ConfigurationError {
      .differs(what: "run", folder: folder.url.path, key: key, stored: stored, asked: asked)
    }
    #expect(throws: differs("run.method", "dfa", "bp")) { _ = try training(method: .bp, resumes: true) }
    #expect(throws: differs("configuration.dropout", "0.3", "0.5")) {
      _ = try training(["dropout=0.5"], resumes: true)
    }
    #expect(try training(resumes: true).isFinished)
  }

  @Test(
    "A run that has ended goes on for more epochs, and ends as if it had had them from the beginning",
    arguments: [["training.epochs=5"], ["training.steps=15", "training.evaluateEvery=1 epoch"]])
  func longer(_ length: [String]) throws {
    _ = try training().train()
    let result = try training(length, resumes: true).train()
    let whole = RunFolder(scratch.file("whole"))
    #expect(try training(["training.epochs=5"], in: whole).train() == result)
    #expect(try folder.metrics().map(\.step) == [3, 6, 9, 12, 15])
    #expect(
      try areEqual(
        Checkpoint(contentsOf: folder.lastCheckpoint).tensors,
        Checkpoint(contentsOf: whole.lastCheckpoint).tensors))
    #expect(try training(length, resumes: true).train() == result)
    #expect(throws: ConfigurationError.self) {
      _ = try training(["training.epochs=4"], resumes: true).train()
    }
  }

  @Test("A run goes on by its own record, and comments in that change nothing") func byRecord() throws {
    _ = try training(["dropout=0.1"]).train()
    let file = folder.url.appendingPathComponent("run.yaml")
    try ("# mine\n" + String(contentsOf: file, encoding: .utf8)).write(
      to: file, atomically: true, encoding: .utf8)
    let record: RunRecord<ToyConfiguration> = try folder.record()
    let longer = try FolderTraining<ToyTask>(
      Experiment(resuming: record, assignments: ["training.epochs=4"]), method: .dfa, seed: 1, in: folder,
      resumes: true)
    #expect(try longer.train().metrics["trainLoss"] != nil)
    #expect(try folder.metrics().count == 4)
    let again: RunRecord<ToyConfiguration> = try folder.record()
    #expect(again.configuration.dropout == 0.1 && again.configuration.training.epochs == 4)
  }

  @Test("What a killed process has left half-written goes when the run goes on") func abandoned() throws {
    _ = try training().train()
    let names = ["run/.dfa-\(Int32.max)-A.tmp", "run/checkpoints/.dfa-B.tmp"]
    for name in names { try scratch.file(name, holding: "half") }
    _ = try training(resumes: true).train()
    for name in names { #expect(!FileManager.default.fileExists(atPath: scratch.file(name).path)) }
  }

  @Test("A folder in which a run is being trained is not trained in by another") func inUse() throws {
    var refused = 0
    let second = Hook(step: { [folder] _ in
      let training = try training(resumes: true)
      #expect(throws: RunError.inUse(folder.url.path)) { _ = try training.train() }
      refused += 1
    })
    let atOnce = try training()
    _ = try training().train(callbacks: [second])
    #expect(refused == 9)
    #expect(try folder.metrics().map(\.step) == [3, 6, 9])
    #expect(throws: RunError.exists(folder.url.path)) { _ = try atOnce.train() }
    #expect(try training(resumes: true).train() == folder.result())
  }

  @Test("Checkpoints without the record of their run are neither resumed nor written over") func lostRecord()
    throws
  {
    _ = try training().train()
    let record = folder.url.appendingPathComponent("run.yaml")
    let before = try Data(contentsOf: folder.lastCheckpoint)
    try FileManager.default.removeItem(at: record)
    for resumes in [false, true] {
      #expect(
        throws: RunError.damaged(record.path, "is missing, but checkpoints of a run are there")
      ) { _ = try training(resumes: resumes) }
    }
    #expect(try Data(contentsOf: folder.lastCheckpoint) == before)
  }

  @Test("A checkpoint of another run is refused by name", arguments: ["last", "best"])
  func otherRun(_ name: String) throws {
    let other = RunFolder(scratch.file("other"))
    _ = try training().train()
    _ = try training(["training.logEvery=2 epochs"], in: other).train()
    let file = folder.checkpoints.appendingPathComponent("\(name).safetensors")
    try Data(contentsOf: other.checkpoints.appendingPathComponent("\(name).safetensors")).write(to: file)
    let refused = CheckpointError.otherRun(file.path)
    #expect(throws: refused) { _ = try training(resumes: true).train() }
    #expect(throws: refused) {
      _ = try folder.trainer(ToyTask.self, weights: name == "best" ? .best : .last, device: .cpu)
    }
  }

  @Test("TensorBoard's events have every point once after a run was cut", arguments: [0, .infinity])
  func events(_ checkpointSeconds: Double) throws {
    /// The bytes of all events but the first of each file, which has the version.
    func byteCount(_ folder: RunFolder) throws -> Int {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      return try names.filter { $0.hasPrefix("events.") }.reduce(0) {
        try $0 + Data(contentsOf: folder.url.appendingPathComponent($1)).count - 40
      }
    }
    let whole = RunFolder(scratch.file("whole"))
    _ = try training(in: whole).train()
    for step in [3, 6] {
      let kill = Hook(record: { if $1.step == step { throw Killed() } })
      #expect(throws: Killed.self) {
        _ = try training(resumes: true).train(checkpointSeconds: checkpointSeconds, callbacks: [kill])
      }
    }
    _ = try training(resumes: true).train()
    #expect(try byteCount(folder) == byteCount(whole))
    #expect(try folder.metrics().map(\.step) == [3, 6, 9])
  }

  @Test("An interrupted run ends with the weights of one that was not") func resumes() throws {
    var steps = 0
    let kill = Hook(step: { _ in
      steps += 1
      if steps == 5 { throw Killed() }
    })
    #expect(throws: Killed.self) { _ = try training().train(checkpointSeconds: 0, callbacks: [kill]) }
    #expect(try !training(resumes: true).isFinished)
    let result = try training(resumes: true).train(checkpointSeconds: 0)
    let resumed = try Checkpoint(contentsOf: folder.lastCheckpoint)
    let whole = try toyTrainer(.dfa, seed: 1)
    try whole.train()
    #expect(areEqual(resumed.tensors, whole.checkpoint().tensors))
    #expect(try whole.result() == result)
  }
}
