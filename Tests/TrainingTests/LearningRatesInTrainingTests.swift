import Networks
import TestSupport
import Testing
import Torch
import Training

@Suite("Learning rates in training") struct LearningRatesInTrainingTests {
  /// The rate of every step.
  private func rates(_ trainer: (any TrainingCallback) throws -> Void) throws -> [Double] {
    let history = HistoryRecorder()
    try trainer(history)
    return history.records.map(\.learningRate)
  }

  /// Of the toy task's nine steps, three to an epoch, as fractions of the rate.
  private static let factors: [(settings: [String], factors: [Double])] = [
    (
      ["optimizer.warmup=1 epoch", "optimizer.schedule=cosine"],
      [1.0 / 3, 2.0 / 3, 1, 1, 0.9330127018922194, 0.75, 0.5, 0.25, 0.06698729810778065]
    ),
    (
      ["optimizer.warmup=2 steps", "optimizer.schedule={cosine: {floor: 0.5, over: 1 epoch}}"],
      [0.5, 1, 1, 0.875, 0.625, 0.5, 0.5, 0.5, 0.5]
    ),
    (
      ["optimizer.warmup=3 steps", "optimizer.schedule={exponential: {factor: 0.25}}"],
      [
        1.0 / 3, 2.0 / 3, 1, 1, 0.7937005259840998, 0.6299605249474366, 0.5, 0.3968502629920499,
        0.3149802624737183,
      ]
    ),
    (
      ["optimizer.warmup=1 epoch", "optimizer.schedule={step: {factor: 0.5, every: 2 steps}}"],
      [1.0 / 3, 2.0 / 3, 1, 1, 1, 0.5, 0.5, 0.25, 0.25]
    ),
    (
      ["optimizer.warmup=1 step", "optimizer.schedule={step: {factor: 0.5, every: 1 epoch}}"],
      [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]
    ),
    (
      ["optimizer.schedule={noam: {width: 4, warmup: 1 epoch}}"],
      [
        0.09622504486493763, 0.19245008972987526, 0.28867513459481287, 0.25, 0.22360679774997896,
        0.2041241452319315, 0.18898223650461363, 0.1767766952966369, 1.0 / 6,
      ]
    ),
    (["optimizer.warmup=4 epochs"], (1...9).map { Double($0) / 12 }),
  ]

  @Test("Every step has the rate of its warm-up and schedule", arguments: factors.indices)
  func schedules(_ index: Int) throws {
    let (settings, factors) = Self.factors[index]
    let rates = try rates {
      try toyTrainer(
        .bp, ["training.logEvery=1 step", "optimizer.learningRate=0.5"] + settings, callbacks: [$0]
      ).train()
    }
    #expect(rates.count == 9)
    for (rate, factor) in zip(rates, factors) { #expect(abs(rate - 0.5 * factor) < 1e-12) }
  }

  @Test("A cycle fits what a warm-up leaves of the run") func oneCycle() throws {
    let rates = try rates {
      try stepTrainer(
        [
          "training.steps=12", "training.logEvery=1 step", "optimizer.warmup=2 steps",
          "optimizer.schedule=oneCycle",
        ], callbacks: [$0]
      ).train()
    }
    // PyTorch's OneCycleLR(max_lr=1, total_steps=10) after two steps of warm-up.
    let cycle = [
      0.04, 0.52, 1, 0.9504846320134738, 0.8117456539497631, 0.6112620219362893, 0.38874197806371075,
      0.1882583460502371, 0.04951936798652664, 4e-06,
    ]
    for (rate, factor) in zip(rates, [0.5, 1] + cycle) { #expect(abs(rate - 0.5 * factor) < 1e-12) }
  }

  @Test(
    "A plateau is one of the metric that is named, be more of it better or less",
    arguments: [
      ("loss", "losses=[3, 2, 2, 2, 1, 1, 1, 1]", "scores=[1, 2, 3, 4, 5, 6, 7, 8]", true),
      ("score", "scores=[1, 2, 2, 2, 3, 3, 3, 3]", "losses=[8, 7, 6, 5, 4, 3, 2, 1]", true),
      ("null", "scores=[1, 2, 2, 2, 3, 3, 3, 3]", "losses=[8, 7, 6, 5, 4, 3, 2, 1]", true),
      ("loss", "losses=[8, 7, 6, 5, 4, 3, 2, 1]", "scores=[1, 1, 1, 1, 1, 1, 1, 1]", false),
    ])
  func plateau(_ metric: String, _ watched: String, _ other: String, _ falls: Bool) throws {
    let schedule = "optimizer.schedule={plateau: {factor: 0.5, patience: 1 step, metric: \(metric)}}"
    let rates = try rates {
      try stepTrainer(
        [schedule, watched, other, "training.evaluateEvery=1 step", "optimizer.learningRate=1"],
        callbacks: [$0]
      ).train()
    }
    #expect(rates == (falls ? [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25] : [1, 1, 1, 1, 1, 1, 1, 1]))
  }

  @Test("Weights move by the rates that are recorded") func moves() throws {
    let history = HistoryRecorder()
    let trainer = try stepTrainer(
      [
        "training.logEvery=1 step", "optimizer.warmup=3 steps",
        "optimizer.schedule={step: {factor: 0.1, every: 2 steps}}",
      ], callbacks: [history])
    let tensor = try #require(trainer.task.store.parameters.first).tensor
    var expected = tensor.scalars(Float.self).map(Double.init)
    try trainer.train()
    for record in history.records {
      let target = [Double(record.step) - 3, 1, 0.5]
      expected = zip(expected, target).map { $0 - record.learningRate * ($0 - $1) }
    }
    #expect(tensor.maximumDifference(from: Tensor(expected.map(Float.init))) < 1e-6)
  }
}
