import FeedbackAlignment
import Foundation
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("A run that was cut") struct ResumeTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  /// Dropout, momentum or moments, batch normalisation, and a rate that falls with plateaus.
  private static func assignments(_ optimizer: String) -> [String] {
    [
      "optimizer.rule=\(optimizer)", "dropout=0.3", "training.epochs=4", "optimizer.weightDecay=0.01",
      "optimizer.schedule={plateau: {factor: 0.5, patience: 1 epoch}}", "training.evaluateEvery=1 epoch",
      "feedback.warmup=4 steps",
    ]
  }

  @Test(
    "Cut after any step, it ends as if it had not been, bit for bit",
    arguments: MethodName.allCases + ["dfa+anchors", "kp+warmup+anchors"].map { MethodName($0) },
    [["sgd"], ["adam"], ["adamw"], ["adam", "training.update=fused", "training.memory=replay"]])
  func everyStep(_ method: MethodName, _ settings: [String]) throws {
    let assignments = Self.assignments(settings[0]) + settings.dropFirst()
    let whole = try toyTrainer(method, assignments)
    try whole.train()
    let expected = whole.checkpoint()
    let (last, best) = (scratch.file("last.safetensors"), scratch.file("best.safetensors"))
    for cut in 1...whole.stepCount {
      let killed = try toyTrainer(method, assignments)
      killed.callbacks = [
        Hook(step: { session in
          guard session.progress.step == cut else { return }
          try session.checkpoint(metricsByteCount: 0).write(to: last)
          try session.bestWeights?.write(to: best)
          throw Killed()
        })
      ]
      #expect(throws: Killed()) { try killed.train() }
      let resumed = try toyTrainer(method, assignments)
      let hasBest = killed.bestWeights != nil
      try resumed.resume(Checkpoint(contentsOf: last), best: hasBest ? Checkpoint(contentsOf: best) : nil)
      #expect(resumed.progress.step == cut)
      try resumed.train()
      let found = resumed.checkpoint()
      #expect(areEqual(found.tensors, expected.tensors), "cut after step \(cut)")
      #expect(try timeless(found.progress) == timeless(expected.progress), "cut after step \(cut)")
      #expect(try timeless(resumed.result()) == timeless(whole.result()), "cut after step \(cut)")
      #expect(
        areEqual(try #require(resumed.bestWeights).tensors, try #require(whole.bestWeights).tensors),
        "cut after step \(cut)")
    }
  }

  @Test(
    "… whatever the feedback matrices are made of",
    arguments: [
      "kind: sparse(0.5)", "kind: orthogonal", "kind: hadamard", "kind: sign", "storage: regenerated",
      "{kind: sparse(0.5), storage: regenerated}", "{kind: hadamard, storage: regenerated}",
      "{kind: sign, storage: regenerated}",
    ])
  func everyKind(_ feedback: String) throws {
    let assignments = ["feedback=\(feedback.hasPrefix("{") ? feedback : "{\(feedback)}")"]
    let whole = try toyTrainer(.dfa, assignments)
    try whole.train()
    let file = scratch.file("last.safetensors")
    let killed = try toyTrainer(.dfa, assignments)
    killed.callbacks = [Hook(step: { if $0.progress.step == 2 { throw Killed() } })]
    #expect(throws: Killed()) { try killed.train() }
    try killed.checkpoint().write(to: file)
    let resumed = try toyTrainer(.dfa, assignments)
    try resumed.resume(Checkpoint(contentsOf: file), best: nil)
    try resumed.train()
    #expect(areEqual(resumed.checkpoint().tensors, whole.checkpoint().tensors))
  }

  @Test("Cut between the end of an epoch and its record, it writes the record again", arguments: [1, 2, 3])
  func metrics(_ epoch: Int) throws {
    let (expected, lines) = try recorded { _ in }
    let (found, foundLines) = try recorded { folder in
      let killed = try toyTrainer()
      killed.callbacks = [
        try RunRecorder(folder, checkpointSeconds: 0),
        Hook(record: { if $1.step == 3 * epoch { throw Killed() } }),
      ]
      #expect(throws: Killed()) { try killed.train() }
      // The record is there, but the last checkpoint is from before it.
      #expect(try folder.metrics().count == epoch)
      #expect(try Checkpoint(contentsOf: folder.lastCheckpoint).progress.step == 3 * epoch)
    }
    #expect(areEqual(found.tensors, expected.tensors))
    #expect(foundLines.map(\.step) == [3, 6, 9])
    #expect(try timeless(foundLines) == timeless(lines))
  }

  @Test("Half a line at the end of the metrics is cut off") func halfALine() throws {
    let (_, lines) = try recorded { folder in
      let killed = try toyTrainer()
      killed.callbacks = [
        try RunRecorder(folder, checkpointSeconds: 0),
        Hook(step: { if $0.progress.step == 5 { throw Killed() } }),
      ]
      #expect(throws: Killed()) { try killed.train() }
      let file = try FileHandle(forWritingTo: folder.metricsFile)
      try file.seekToEnd()
      try file.write(contentsOf: Data("{\"epoch\":2,\"lear".utf8))
    }
    #expect(lines.map(\.epoch) == [1, 2, 3])
  }

  @Test("A run that was cut before its first checkpoint begins again") func beforeTheFirst() throws {
    let (expected, _) = try recorded { _ in }
    let (found, lines) = try recorded { folder in
      let killed = try toyTrainer()
      killed.callbacks = [
        try RunRecorder(folder, checkpointSeconds: .infinity),
        Hook(step: { if $0.progress.step == 5 { throw Killed() } }),
      ]
      #expect(throws: Killed()) { try killed.train() }
      #expect(try folder.metrics().count == 1)
      #expect(!FileManager.default.fileExists(atPath: folder.lastCheckpoint.path))
    }
    #expect(areEqual(found.tensors, expected.tensors) && lines.map(\.epoch) == [1, 2, 3])
  }

  @Test("A run that has ended changes no more") func ended() throws {
    let (expected, _) = try recorded { _ in }
    let (found, lines) = try recorded { folder in
      let trainer = try toyTrainer()
      trainer.callbacks = [try RunRecorder(folder)]
      try trainer.train()
    }
    #expect(areEqual(found.tensors, expected.tensors) && lines.count == 3)
  }

  @Test("Metrics shorter than the checkpoint knows are an error, not a gap") func tooShort() throws {
    let folder = try runFolder()
    let trainer = try toyTrainer()
    trainer.callbacks = [try RunRecorder(folder)]
    try trainer.train()
    try Data().write(to: folder.metricsFile)
    let progress = try Checkpoint(contentsOf: folder.lastCheckpoint).progress
    let error = #expect(throws: (any Error).self) { try RunRecorder(folder, resuming: progress) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("metrics.jsonl: holds 0 bytes"))
  }

  @Test("A run that diverges keeps its last checkpoint with finite weights, and its metrics") func diverging()
    throws
  {
    let folder = try runFolder()
    let trainer = try toyTrainer(.dfa, ["breaksAtStep=4"])
    trainer.callbacks = [try RunRecorder(folder, checkpointSeconds: 0)]
    let error = #expect(throws: TrainingError.self) { try trainer.train() }
    #expect("\(error.map { "\($0)" } ?? "")".contains("training diverged"))
    let kept = try Checkpoint(contentsOf: folder.lastCheckpoint)
    #expect(kept.progress.step == 4)
    #expect(kept.tensors.allSatisfy { !$1.dtype.isFloatingPoint || $1.isAllFinite })
    #expect(try folder.metrics().map(\.epoch) == [1])
    #expect(try Checkpoint(contentsOf: folder.bestCheckpoint).progress.best?.epoch == 1)
  }

  private func runFolder() throws -> RunFolder {
    let folder = RunFolder(scratch.file(UUID().uuidString))
    try folder.create(Experiment<ToyTask>().record(.dfa, seed: 1))
    return folder
  }

  /// Prepares a run, resumes it as the command does, and reads what it leaves.
  private func recorded(_ prepare: (RunFolder) throws -> Void) throws -> (Checkpoint, [TrainingRecord]) {
    let folder = try runFolder()
    try prepare(folder)
    let isBegun = FileManager.default.fileExists(atPath: folder.lastCheckpoint.path)
    let last = isBegun ? try Checkpoint(contentsOf: folder.lastCheckpoint) : nil
    let trainer = try toyTrainer()
    trainer.callbacks = [try RunRecorder(folder, checkpointSeconds: 0, resuming: last?.progress)]
    if let last {
      let best = last.progress.best == nil ? nil : try Checkpoint(contentsOf: folder.bestCheckpoint)
      try trainer.resume(last, best: best)
    }
    try trainer.train()
    return (try Checkpoint(contentsOf: folder.lastCheckpoint), try folder.metrics())
  }
}
