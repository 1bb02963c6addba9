import FeedbackAlignment
import TestSupport
import Testing
import Torch
import Training

@Suite("The trainer") struct TrainerTests {
  @Test("The toy task keeps what every task must keep") func toy() throws {
    let violations = try checkTask(ToyTask.self)
    #expect(violations == [])
  }

  @Test("Equal seeds give equal weights, bit for bit; unlike seeds do not", arguments: MethodName.allCases)
  func seeds(_ method: MethodName) throws {
    func weights(_ seed: UInt64) throws -> [String: Tensor] {
      let trainer = try toyTrainer(method, seed: seed)
      try trainer.train()
      return trainer.checkpoint().tensors
    }
    let first = try weights(1)
    #expect(areEqual(try weights(1), first))
    #expect(!areEqual(try weights(2), first))
  }

  @Test(
    "Replay and fused updates leave every tensor of a run as it is, bit for bit",
    arguments: MethodName.allCases + ["dfa+anchors", "fa+anchors"].map { MethodName($0) },
    [
      ["training.memory=replay"], ["training.update=fused"],
      ["training.memory=replay", "training.update=fused"],
    ])
  func equalSteps(_ method: MethodName, _ settings: [String]) throws {
    let (plain, other) = (try toyTrainer(method), try toyTrainer(method, settings))
    try plain.train()
    try other.train()
    #expect(areEqual(other.checkpoint().tensors, plain.checkpoint().tensors))
  }

  @Test("A run in bfloat16 keeps everything in single precision, and its loss falls as in float32")
  func bfloat16() throws {
    let losses = try ["float32", "bfloat16"].map { precision in
      let trainer = try toyTrainer(.dfa, ["training.precision=\(precision)", "training.epochs=20"])
      try trainer.train()
      let tensors = trainer.checkpoint().tensors
      #expect(tensors.filter { $0.key.contains("/") }.allSatisfy { $1.dtype == .float32 })
      return try #require(trainer.selected?.metrics["trainLoss"])
    }
    #expect(losses[0] != losses[1])
    #expect(abs(losses[0] - losses[1]) < 0.1 * losses[0])
  }

  @Test("A task whose batches cannot be split refuses micro-batches") func cannotSplit() throws {
    let trainer = try toyTrainer(.dfa, ["training.microBatches=2"])
    let reason = "must be 1: the batches of task 'toy' cannot be split"
    #expect(throws: ConfigurationError.value(key: "training.microBatches", reason: reason)) {
      try trainer.train()
    }
  }

  @Test("A batch is split into parts that differ by one at most, with their share of the loss")
  func splitting() {
    for (count, parts) in [(10, 3), (9, 3), (2, 5), (1, 1)] {
      let split = MicroBatch.split(count, into: parts) { $0 }
      #expect(split.count == min(count, parts))
      #expect(split.flatMap { Array($0.batch) } == Array(0..<count))
      #expect(split.allSatisfy { $0.weight == Double($0.batch.count) / Double(count) })
      #expect((split.map(\.batch.count).max() ?? 0) - (split.map(\.batch.count).min() ?? 0) <= 1)
    }
    for (count, parts, expected) in [(7, 4, 3), (5, 2, 2), (3, 3, 1), (1, 2, 1)] {
      let split = MicroBatch.split(count, into: parts, ofAtLeast: 2) { $0 }
      #expect(split.count == expected && split.allSatisfy { $0.batch.count >= min(count, 2) })
    }
  }

  @Test("Every method starts from the same weights") func start() throws {
    let trainers = try MethodName.allCases.map { try toyTrainer($0) }
    #expect(trainers.allSatisfy { areEqual($0.task.store.tensors, trainers[0].task.store.tensors) })
  }

  @Test("Epochs, steps and their order are as configured") func counting() throws {
    let history = HistoryRecorder()
    var steps: [Int] = []
    let hook = Hook(step: { steps.append($0.progress.step) })
    let trainer = try toyTrainer(callbacks: [history, hook])
    try trainer.train()
    #expect(steps == Array(1...9))
    #expect(trainer.stepCount == 9 && trainer.stepSeconds.count == 9)
    #expect(history.records.map(\.epoch) == [1, 2, 3] && history.records.map(\.step) == [3, 6, 9])
    #expect(trainer.progress.isFinished)
  }

  @Test("The training loss is the mean over the epoch's samples: a short last batch counts less")
  func trainLoss() throws {
    var losses: [Double] = []
    let history = HistoryRecorder()
    try toyTrainer(callbacks: [history, Hook(step: { losses.append($0.lossOfLastStep) })]).train()
    for (index, record) in history.records.enumerated() {
      // 20 samples in batches of 8, 8 and 4.
      let mean = zip(losses[3 * index..<3 * index + 3], [8.0, 8, 4]).reduce(0) { $0 + $1.0 * $1.1 } / 20
      #expect(abs((record.metrics["trainLoss"] ?? 0) - mean) < 1e-12)
    }
  }

  @Test("Evaluation comes every so many epochs, and after the last") func evaluateEvery() throws {
    let history = HistoryRecorder()
    try toyTrainer(.bp, ["training.epochs=5", "training.evaluateEvery=2 epochs"], callbacks: [history])
      .train()
    #expect(
      history.records.map { $0.metrics["validationAccuracy"] != nil } == [false, true, false, true, true])
    #expect(history.records.allSatisfy { $0.metrics["testAccuracy"] == nil })
    #expect(history.records.allSatisfy { $0.metrics["trainLoss"] != nil })
  }

  @Test("Training stops when the validation metric has not become better for as long as patience says")
  func patience()
    throws
  {
    let script = "validation=[0.1, 0.5, 0.5, 0.4, 0.3, 0.9]"
    func epochs(_ patience: String, every: String = "1 epoch") throws -> Int {
      let trainer = try toyTrainer(
        .bp,
        [script, "training.epochs=6", "training.patience=\(patience)", "training.evaluateEvery=\(every)"])
      try trainer.train()
      return trainer.progress.step / 3
    }
    #expect(try epochs("null") == 6)
    #expect(try epochs("1 epoch") == 3)
    #expect(try epochs("2 epochs") == 4)
    #expect(try epochs("3 epochs") == 5)
    #expect(try epochs("4 epochs") == 6)
    #expect(try epochs("6 steps") == 4)
    // Counted in epochs, whatever the time between evaluations: the best is that of epoch 4.
    #expect(try epochs("1 epoch", every: "2 epochs") == 6)
  }

  @Test("The result is the first best epoch, or the last", arguments: [("bestValidation", 2), ("last", 4)])
  func selection(_ selection: String, _ epoch: Int) throws {
    let trainer = try toyTrainer(
      .bp, ["validation=[0.1, 0.5, 0.5, 0.4]", "training.epochs=4", "training.selection=\(selection)"])
    var weights: [Double?: [String: Tensor]] = [:]
    trainer.callbacks = [
      Hook(record: { session, record in
        weights[record.epoch] = session.checkpoint(metricsByteCount: 0).tensors
      })
    ]
    try trainer.train()
    #expect(trainer.selected?.epoch == Double(epoch))
    let best = try #require(trainer.bestWeights)
    #expect(best.tensors.allSatisfy { weights[2]?[$0]?.equals($1) == true })
    #expect(trainer.progress.best?.epoch == 2 && trainer.progress.last?.epoch == 4)
  }

  @Test("A callback can end training after a step, with an evaluation") func stop() throws {
    let trainer = try toyTrainer(callbacks: [Hook(step: { if $0.progress.step == 4 { $0.stop() } })])
    try trainer.train()
    #expect(trainer.progress.step == 4 && trainer.progress.isFinished && trainer.progress.last?.step == 4)
  }

  @Test("The learning rate follows its schedule, and plateaus of the validation metric lower it")
  func schedule() throws {
    func rates(_ assignments: [String]) throws -> [Double] {
      let history = HistoryRecorder()
      try toyTrainer(
        .bp, ["training.epochs=5", "optimizer.learningRate=1"] + assignments, callbacks: [history]
      ).train()
      return history.records.map(\.learningRate)
    }
    #expect(try rates([]) == [1, 1, 1, 1, 1])
    #expect(
      try rates(["optimizer.schedule={step: {factor: 0.5, every: 2 epochs}}"]) == [1, 1, 0.5, 0.5, 0.25])
    #expect(
      try rates([
        "optimizer.schedule={plateau: {factor: 0.5, patience: 1 epoch}}",
        "validation=[0.5, 0.5, 0.4, 0.6, 0.6]",
      ]) == [1, 1, 1, 0.5, 0.5])
    let decay = "optimizer.schedule={exponential: {factor: 0.1, over: "
    let overRun = try rates([decay + "null}}"])
    #expect(try overRun == rates([decay + "15 steps}}"]) && Set(overRun).count == 5)
    #expect(try overRun == rates([decay + "5 epochs}}"]))
  }

  @Test("Alignment is measured at every point of a method with feedback, and is empty without")
  func alignment() throws {
    #expect(try toyTrainer(.dfa).measureAlignment().map(\.point) == ["hidden1", "hidden2"])
    #expect(try toyTrainer(.bp).measureAlignment() == [])
    #expect(try toyTrainer(.shallow).measureAlignment() == [])
  }

  @Test("Alignment is measured every so many epochs, and that changes nothing that training sees")
  func measuring() throws {
    let history = HistoryRecorder()
    let plain = try toyTrainer()
    let measured = try toyTrainer(.dfa, ["training.alignmentEvery=2 epochs"], callbacks: [history])
    try plain.train()
    try measured.train()
    #expect(areEqual(plain.checkpoint().tensors, measured.checkpoint().tensors))
    for point in ["alignment/hidden1", "alignment/hidden2"] {
      #expect(history.records.map { $0.metrics[point] != nil } == [false, true, false])
    }
  }

  @Test("A loss that is not finite ends training with an error that says so") func diverging() throws {
    let history = HistoryRecorder()
    let trainer = try toyTrainer(.dfa, ["breaksAtStep=4"], callbacks: [history])
    #expect(throws: TrainingError.notFinite("trainLoss", step: 6)) { try trainer.train() }
    #expect(history.records.map(\.epoch) == [1])
    #expect("\(TrainingError.notFinite("trainLoss", step: 6))".contains("after step 6"))
  }

  @Test("A buffer or feedback that is not finite ends training with its name", arguments: [true, false])
  func notFinite(_ isBuffer: Bool) throws {
    let path = "hidden1/norm/runningVariance"
    // After the last step of an epoch, so that no loss has seen it.
    let hook = Hook(step: { session in
      guard session.progress.step == 3, let trainer = session as? Trainer<ToyTask> else { return }
      let buffer = trainer.task.store.buffers.first { $0.path == path }?.tensor
      let tensor = try #require(isBuffer ? buffer : trainer.method.state["logits"])
      tensor.copy(from: tensor * .nan)
    })
    let trainer = try toyTrainer(.dfa, callbacks: [hook])
    #expect(throws: TrainingError.notFinite(isBuffer ? "parameters/\(path)" : "method/logits", step: 3)) {
      try trainer.train()
    }
  }

  @Test("Batch normalisation is not trained on batches of one sample") func oneSample() throws {
    let reason = "must be at least 2: batch normalisation divides by a batch's variance"
    #expect(throws: ConfigurationError.value(key: "training.batchSize", reason: reason)) {
      _ = try toyTrainer(.bp, ["training.batchSize=1"])
    }
    // 20 samples in batches of 19: the last joins the first.
    let trainer = try toyTrainer(.bp, ["training.batchSize=19"])
    #expect(trainer.task.stepsPerEpoch == 1)
    try trainer.train()
  }

  @Test("A checkpoint in memory does not follow the training that goes on") func copies() throws {
    var early: Checkpoint?
    var copy: [String: Tensor] = [:]
    let hook = Hook(step: { session in
      guard session.progress.step == 4 else { return }
      let checkpoint = session.checkpoint(metricsByteCount: 0)
      copy = checkpoint.tensors.mapValues { $0.cloned() }
      early = checkpoint
    })
    try toyTrainer(.dfa, ["optimizer.rule=adam"], callbacks: [hook]).train()
    #expect(areEqual(try #require(early).tensors, copy))
  }
}
