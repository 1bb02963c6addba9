import Networks
import Testing

@Suite("What every learning rate schedule keeps") struct LearningRatePropertyTests {
  static let names = ScheduleChoice.kinds.map { $0.name }

  private func schedule(_ name: String) throws -> any LearningRateSchedule {
    let kind = try #require(ScheduleChoice.kinds.first { $0.name == name })
    return try #require(ScheduleChoice(kind.init())).schedule
  }

  @Test(
    "Rates are finite, not negative and never above the first, in runs of any length and after any warm-up",
    arguments: names, [1, 2, 3, 10, 97])
  func bounds(_ name: String, _ runSteps: Int) throws {
    for warmup in [nil, 1, runSteps, 2 * runSteps] {
      let rate = try LearningRate(
        0.3, schedule(name), warmup: warmup.map(Span.steps), runSteps: runSteps, stepsPerEpoch: 4)
      // A run that goes on beyond its end, as one whose length was set lower, must not explode either.
      let rates = (0..<2 * runSteps).map(rate.rate(step:))
      #expect(
        rates.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 0.3 * (1 + 1e-12) }, "warm-up \(warmup ?? 0)")
      #expect(rates[0] > 0)
    }
  }

  @Test("Twice the rate is twice the rate in every step", arguments: names) func proportional(_ name: String)
    throws
  {
    func rates(_ initial: Double) throws -> [Double] {
      let rate = try LearningRate(
        initial, schedule(name), warmup: .steps(3), runSteps: 20, stepsPerEpoch: 4)
      return (0..<20).map(rate.rate(step:))
    }
    #expect(try zip(rates(0.5), rates(1)).allSatisfy { $0 * 2 == $1 })
  }

  @Test("A warm-up only moves the schedule to its end", arguments: names) func shifted(_ name: String) throws
  {
    let cold = try LearningRate(0.3, schedule(name), runSteps: 30, stepsPerEpoch: 4)
    let warm = try LearningRate(0.3, schedule(name), warmup: .steps(7), runSteps: 37, stepsPerEpoch: 4)
    #expect((0..<30).allSatisfy { warm.rate(step: $0 + 7) == cold.rate(step: $0) })
  }

  static let pairs: [(epochs: any LearningRateSchedule, steps: any LearningRateSchedule)] = [
    (StepDecay(factor: 0.5, every: .epochs(2)), StepDecay(factor: 0.5, every: .steps(8))),
    (ExponentialDecay(factor: 0.5, over: .epochs(3)), ExponentialDecay(factor: 0.5, over: .steps(12))),
    (CosineDecay(floor: 0.1, over: .epochs(3)), CosineDecay(floor: 0.1, over: .steps(12))),
    (NoamSchedule(width: 8, warmup: .epochs(2)), NoamSchedule(width: 8, warmup: .steps(8))),
  ]

  @Test(
    "A stretch of epochs is as many steps, and smooth schedules do not wait for an epoch's end",
    arguments: pairs.indices)
  func units(_ index: Int) throws {
    let (epochs, steps) = Self.pairs[index]
    let first = try LearningRate(1, epochs, runSteps: 40, stepsPerEpoch: 4)
    let second = try LearningRate(1, steps, runSteps: 40, stepsPerEpoch: nil)
    #expect((0..<40).allSatisfy { first.rate(step: $0) == second.rate(step: $0) })
    let changes = (1..<8).count { first.rate(step: $0) != first.rate(step: $0 - 1) }
    #expect(changes == (index == 0 ? 0 : 7))
  }

  @Test("A plateau counts from the last time that the rate fell, and a new best value ends the wait")
  func plateau() throws {
    var rate = try LearningRate(
      1, PlateauDecay(factor: 0.1, patience: .steps(2)), warmup: .steps(4), runSteps: 100)
    var rates: [Double] = []
    for (index, value) in [5.0, 5, 5, 5, 5, 5, 4, 4, 4, 4].enumerated() {
      rate.observe(value, step: index + 1)
      rates.append(rate.rate(step: 50))
    }
    let expected = [1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01]
    #expect(zip(rates, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    // The warm-up is a rise to the first rate, whatever was seen.
    #expect(rate.rate(step: 3) == 1)
  }
}
