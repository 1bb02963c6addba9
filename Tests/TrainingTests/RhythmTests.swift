import Foundation
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("What comes every so often in training") struct RhythmTests {
  private func records(_ assignments: [String]) throws -> [TrainingRecord] {
    let history = HistoryRecorder()
    try toyTrainer(.dfa, assignments, callbacks: [history]).train()
    return history.records
  }

  @Test(
    "Records, evaluations and alignment come after the steps that spans say, and what is evaluated at the end too",
    arguments: [
      (["training.steps=8"], [3, 6, 8], [3, 6, 8], []),
      (["training.steps=8", "training.evaluateEvery=3 epochs"], [3, 6, 8], [8], []),
      (["training.steps=2"], [2], [2], []),
      (
        ["training.steps=7", "training.evaluateEvery=5 steps", "training.logEvery=2 steps"], [2, 4, 5, 6, 7],
        [5, 7], []
      ),
      (
        ["training.epochs=2", "training.alignmentEvery=4 steps", "training.logEvery=6 steps"], [3, 4, 6],
        [3, 6], [4]
      ),
      (
        [
          "training.epochs=2", "training.logEvery=100 steps", "training.evaluateEvery=100 epochs",
          "training.alignmentEvery=2 epochs",
        ], [6], [6], [6]
      ),
    ] as [([String], [Int], [Int], [Int])])
  func steps(_ settings: [String], _ all: [Int], _ evaluated: [Int], _ aligned: [Int]) throws {
    let records = try records(settings)
    #expect(records.map(\.step) == all)
    #expect(records.allSatisfy { $0.metrics["trainLoss"] != nil })
    #expect(records.filter { $0.metrics["validationLoss"] != nil }.map(\.step) == evaluated)
    #expect(records.filter { $0.metrics["alignment/hidden1"] != nil }.map(\.step) == aligned)
  }

  @Test("The training loss is the mean over the samples since the last record, wherever it was")
  func windows()
    throws
  {
    var losses: [Double] = []
    let history = HistoryRecorder()
    let settings = ["training.steps=8", "training.evaluateEvery=3 steps", "training.logEvery=4 steps"]
    try toyTrainer(.bp, settings, callbacks: [history, Hook(step: { losses.append($0.lossOfLastStep) })])
      .train()
    #expect(history.records.map(\.step) == [3, 4, 6, 8])
    // Every third batch of an epoch of 20 samples has 4, the others 8.
    let sizes = [8.0, 8, 4, 8, 8, 4, 8, 8]
    for (record, window) in zip(history.records, [0..<3, 3..<4, 4..<6, 6..<8]) {
      let sum = window.reduce(0) { $0 + losses[$1] * sizes[$1] }
      let mean = sum / window.reduce(0) { $0 + sizes[$1] }
      #expect(abs((record.metrics["trainLoss"] ?? 0) - mean) < 1e-12, "step \(record.step)")
    }
  }

  @Test("A run that ends within an epoch says so") func unfinished() throws {
    let last = try #require(records(["training.steps=8"]).last)
    #expect(last.epoch == 8.0 / 3 && last.moment == "epoch 3, step 8")
    #expect(try records(["training.steps=6"]).last?.moment == "epoch 2")
  }

  @Test("The same lengths in epochs and in steps give the same run, bit for bit") func units() throws {
    func run(_ units: [String]) throws -> (tensors: [String: Tensor], progress: String) {
      let rest = ["optimizer.schedule=cosine", "validation=[0.1, 0.5, 0.4, 0.3, 0.2, 0.1]"]
      let trainer = try toyTrainer(.dfa, units + rest)
      try trainer.train()
      return (trainer.checkpoint().tensors, try timeless(trainer.checkpoint().progress))
    }
    let epochs = try run([
      "training.epochs=6", "training.evaluateEvery=1 epoch", "training.patience=3 epochs",
      "optimizer.warmup=1 epoch",
    ])
    let steps = try run([
      "training.steps=18", "training.evaluateEvery=3 steps", "training.patience=9 steps",
      "optimizer.warmup=3 steps",
    ])
    #expect(areEqual(steps.tensors, epochs.tensors) && steps.progress == epochs.progress)
    #expect(epochs.progress.contains("\"step\":15"))
  }

  @Test("At a constant rate a shorter run is the beginning of a longer one") func beginning() throws {
    let short = try toyTrainer(.dfa, ["training.steps=5"])
    try short.train()
    var weights: [String: Tensor] = [:]
    let hook = Hook(step: { session in
      guard session.progress.step == 5 else { return }
      weights = session.checkpoint(metricsByteCount: 0).tensors.filter { $0.key.hasPrefix("parameters/") }
    })
    try toyTrainer(.dfa, ["training.steps=9"], callbacks: [hook]).train()
    let found = short.checkpoint().tensors.filter { $0.key.hasPrefix("parameters/") }
    #expect(!found.isEmpty && areEqual(found, weights))
  }

  @Test(
    "Checkpoints are written after the steps that their span says, and at the end",
    arguments: [
      ("null", [0, 0, 0, 0, 0, 0, 0, 0, 8]), ("2 steps", [0, 2, 2, 4, 4, 6, 6, 8, 8]),
      ("1 epoch", [0, 0, 3, 3, 3, 6, 6, 6, 8]),
    ])
  func checkpoints(_ span: String, _ expected: [Int]) throws {
    let scratch = try TemporaryFolder()
    let folder = RunFolder(scratch.file("run"))
    let settings = ["training.steps=8", "training.checkpointEvery=\(span)"]
    try folder.create(Experiment<ToyTask>(assignments: settings).record(.bp, seed: 1))
    func written() throws -> Int {
      guard FileManager.default.fileExists(atPath: folder.lastCheckpoint.path) else { return 0 }
      return try Checkpoint(contentsOf: folder.lastCheckpoint).progress.step
    }
    var found: [Int] = []
    let trainer = try toyTrainer(.bp, settings)
    trainer.callbacks = [
      try RunRecorder(folder, checkpointSeconds: .infinity), Hook(step: { _ in found.append(try written()) }),
    ]
    try trainer.train()
    #expect(try found + [written()] == expected)
  }

  @Test(
    "Patience is the time since the best evaluation, however it is counted",
    arguments: [
      ("2 steps", 4), ("3 steps", 10), ("4 steps", 10), ("1 epoch", 10), ("5 steps", 12), ("2 epochs", 12),
      ("null", 12),
    ])
  func patience(_ patience: String, _ last: Int) throws {
    let settings = [
      "validation=[0.5, 0.4, 0.6, 0.3, 0.2, 0.1]", "training.steps=12", "training.evaluateEvery=2 steps",
      "training.logEvery=1 step", "training.patience=\(patience)",
    ]
    let whole = try toyTrainer(.bp, settings)
    try whole.train()
    #expect(whole.progress.step == last && whole.progress.best?.step == (last == 4 ? 2 : 6))
    // Cut before it ends, it still knows how long it has waited.
    var early: Checkpoint?
    let killed = try toyTrainer(.bp, settings)
    killed.callbacks = [
      Hook(step: { session in
        guard session.progress.step == last - 1 else { return }
        early = session.checkpoint(metricsByteCount: 0)
        throw Killed()
      })
    ]
    #expect(throws: Killed()) { try killed.train() }
    let values = last == 4 ? "0.4" : last == 10 ? "0.2" : "0.1"
    let resumed = try toyTrainer(.bp, settings.dropFirst() + ["validation=[\(values)]"])
    try resumed.resume(try #require(early), best: killed.bestWeights)
    try resumed.train()
    #expect(resumed.progress.step == last && resumed.progress.best?.step == whole.progress.best?.step)
  }

  @Test("Without epochs time is counted in steps alone, and losses come with evaluations")
  func withoutEpochs()
    throws
  {
    let history = HistoryRecorder()
    let trainer = try stepTrainer(["training.steps=10"], callbacks: [history])
    try trainer.train()
    #expect(history.records.map(\.step) == [4, 8, 10] && trainer.stepCount == 10)
    #expect(history.records.allSatisfy { $0.epoch == nil && $0.metrics["trainLoss"] != nil })
    #expect(
      try history.records.map(\.moment) == ["step 4", "step 8", "step 10"] && trainer.result().step == 4)
  }

  @Test(
    "… and a setting that counts epochs is refused by its key",
    arguments: [
      ("training.epochs=2", "training.epochs", "2 epochs"),
      ("training.logEvery=1 epoch", "training.logEvery", "1 epoch"),
      ("training.evaluateEvery=3 epochs", "training.evaluateEvery", "3 epochs"),
      ("training.alignmentEvery=1 epoch", "training.alignmentEvery", "1 epoch"),
      ("training.checkpointEvery=1 epoch", "training.checkpointEvery", "1 epoch"),
      ("training.patience=5 epochs", "training.patience", "5 epochs"),
      ("optimizer.warmup=1 epoch", "optimizer.warmup", "1 epoch"),
      ("optimizer.schedule=step", "optimizer.schedule", "10 epochs"),
      ("optimizer.schedule=plateau", "optimizer.schedule", "10 epochs"),
      ("optimizer.schedule={cosine: {over: 4 epochs}}", "optimizer.schedule", "4 epochs"),
    ])
  func epochsRefused(_ assignment: String, _ key: String, _ span: String) {
    let reason = "counts epochs (\(span)), which this task does not have; write steps"
    #expect(throws: ConfigurationError.value(key: key, reason: reason)) { try stepTrainer([assignment]) }
  }
}
