import Foundation
import Networks
import Testing

@Suite("Learning rate schedules") struct LearningRateScheduleTests {
  private func near(_ x: Double, _ y: Double) -> Bool { abs(x - y) <= 1e-12 * max(abs(y), 1e-3) }

  private func rate(
    _ initial: Double, _ schedule: any LearningRateSchedule = ConstantRate(), warmup: Span? = nil,
    runSteps: Int = 1_000, stepsPerEpoch: Int? = 10
  ) throws -> LearningRate {
    try LearningRate(initial, schedule, warmup: warmup, runSteps: runSteps, stepsPerEpoch: stepsPerEpoch)
  }

  @Test("constant: always the first rate") func constant() throws {
    let rate = try rate(0.5)
    #expect([0, 1, 100, 5_000].allSatisfy { rate.rate(step: $0) == 0.5 })
  }

  @Test("step: times the factor after every so many epochs, or steps") func step() throws {
    let expected = [1, 1, 1, 0.1, 0.1, 0.1, 0.01]
    let epochs = try rate(1, StepDecay(factor: 0.1, every: .epochs(3)))
    let steps = try rate(1, StepDecay(factor: 0.1, every: .steps(30)), stepsPerEpoch: nil)
    for (epoch, value) in expected.enumerated() {
      for rate in [epochs, steps] {
        #expect(near(rate.rate(step: 10 * epoch), value) && near(rate.rate(step: 10 * epoch + 9), value))
      }
    }
  }

  @Test("exponential: NeRF's decay, smooth in steps") func exponential() throws {
    let rate = try rate(5e-4, ExponentialDecay(factor: 0.1, over: .steps(500_000)))
    #expect(rate.rate(step: 0) == 5e-4)
    #expect(near(rate.rate(step: 500_000), 5e-5))
    #expect(near(rate.rate(step: 250_000), 5e-4 * pow(0.1, 0.5)))
  }

  @Test("exponential: over the whole run unless told otherwise") func wholeRun() throws {
    let whole = try rate(0.5, ExponentialDecay(factor: 0.01), runSteps: 400)
    #expect(whole.rate(step: 0) == 0.5)
    #expect(abs(whole.rate(step: 200) - 0.05) < 1e-12)
    #expect(abs(whole.rate(step: 400) - 0.005) < 1e-12)
    let other = try rate(0.5, ExponentialDecay(factor: 0.01, over: .epochs(20)), runSteps: 400)
    #expect(abs(other.rate(step: 200) - 0.005) < 1e-12)
  }

  @Test("plateau: times the factor after longer than its patience without a better metric") func plateau()
    throws
  {
    // The metric of each epoch, and the rate after it: by hand, as ReduceLROnPlateau with patience 2 and
    // threshold 0.
    let table: [(metric: Double, rate: Double)] = [
      (5, 1), (4, 1), (4, 1), (4.5, 1), (4, 0.5), (4, 0.5), (3, 0.5), (3, 0.5), (3, 0.5), (3, 0.25),
      (3, 0.25),
      (3, 0.25), (3, 0.125), (2, 0.125),
    ]
    for patience in [Span.epochs(2), .steps(20)] {
      var rate = try rate(1, PlateauDecay(factor: 0.5, patience: patience))
      for (epoch, row) in table.enumerated() {
        rate.observe(row.metric, step: 10 * (epoch + 1))
        #expect(rate.rate(step: 10 * epoch) == row.rate, "epoch \(epoch)")
      }
    }
  }

  @Test("plateau: patience is time, however often the metric is seen") func plateauTime() throws {
    var rate = try rate(1, PlateauDecay(factor: 0.5, patience: .epochs(4)))
    // Every second epoch: the second value after the best is four epochs later, the third six.
    for (index, expected) in [1, 1, 1, 0.5].enumerated() {
      rate.observe(1, step: 20 * (index + 1))
      #expect(rate.rate(step: 0) == expected, "observation \(index)")
    }
  }

  @Test("plateau: a metric that is not a number is no improvement and is not kept as the best")
  func notANumber() throws {
    var rate = try rate(1, PlateauDecay(factor: 0.5, patience: .epochs(1)))
    for (index, metric) in [Double.nan, 3, .nan, 2, 1].enumerated() {
      rate.observe(metric, step: 10 * (index + 1))
    }
    #expect(rate.rate(step: 50) == 1)
    for index in 5..<7 { rate.observe(.nan, step: 10 * (index + 1)) }
    #expect(rate.rate(step: 70) == 0.5)
    rate.observe(1.5, step: 80)
    rate.observe(0.5, step: 90)
    #expect(rate.rate(step: 90) == 0.5)
  }

  @Test("Only plateau listens to the metric") func others() throws {
    for kind in ScheduleChoice.kinds where kind.name != "plateau" {
      let schedule = try #require(ScheduleChoice(kind.init())?.schedule)
      var rate = try rate(1, schedule)
      let before = rate.rate(step: 10)
      for index in 1...50 { rate.observe(1, step: 10 * index) }
      #expect(rate.rate(step: 10) == before && rate.watch == nil)
    }
  }

  @Test("A state that went through a checkpoint goes on where it was") func restoring() throws {
    let schedule = PlateauDecay(factor: 0.5, patience: .epochs(1))
    var whole = try rate(1, schedule)
    for index in 1...4 { whole.observe(3, step: 10 * index) }
    var resumed = try rate(1, schedule)
    resumed.plateau = try JSONDecoder().decode(PlateauState.self, from: JSONEncoder().encode(whole.plateau))
    #expect(resumed.plateau == whole.plateau)
    for (index, metric) in [3.0, 3, 2, 3].enumerated() {
      whole.observe(metric, step: 10 * (index + 5))
      resumed.observe(metric, step: 10 * (index + 5))
      #expect(resumed.rate(step: 0) == whole.rate(step: 0))
    }
  }

  @Test("cosine: half of one from the rate to its floor, and there it stays") func cosine() throws {
    let rate = try rate(2, CosineDecay(floor: 0.1), runSteps: 100)
    #expect(rate.rate(step: 0) == 2)
    #expect(near(rate.rate(step: 50), 2 * (0.1 + 0.9 / 2)))
    #expect(near(rate.rate(step: 25), 2 * (0.1 + 0.9 * (1 + cos(Double.pi / 4)) / 2)))
    #expect(near(rate.rate(step: 100), 0.2) && near(rate.rate(step: 5_000), 0.2))
  }

  @Test("noam: the paper's formula, whose peak is at the end of its rise") func noam() throws {
    let rate = try rate(1, NoamSchedule(width: 512, warmup: .steps(4_000)))
    for step in [1, 100, 4_000, 10_000] {
      let s = Double(step)
      let expected = pow(512, -0.5) * min(pow(s, -0.5), s * pow(4_000, -1.5))
      #expect(near(rate.rate(step: step - 1), expected), "step \(step)")
    }
    #expect(
      rate.rate(step: 3_999) > rate.rate(step: 3_998) && rate.rate(step: 3_999) > rate.rate(step: 4_000))
  }

  @Test("oneCycle: PyTorch's OneCycleLR(max_lr=1, total_steps=10)") func oneCycle() throws {
    let rate = try rate(1, OneCycle(), runSteps: 10)
    let expected = [
      0.04, 0.52, 1.0, 0.9504846320134738, 0.8117456539497631, 0.6112620219362893, 0.38874197806371075,
      0.1882583460502371, 0.04951936798652664, 4e-06,
    ]
    for (step, value) in expected.enumerated() {
      #expect(abs(rate.rate(step: step) - value) < 1e-12, "step \(step)")
    }
  }

  @Test("A warm-up rises linearly, and the schedule begins after it and ends with the run") func warmup()
    throws
  {
    let warm = try rate(1, CosineDecay(), warmup: .epochs(2), runSteps: 120)
    #expect(near(warm.rate(step: 0), 0.05) && near(warm.rate(step: 9), 0.5) && near(warm.rate(step: 19), 1))
    let cold = try rate(1, CosineDecay(), runSteps: 100)
    for step in [0, 37, 99] { #expect(warm.rate(step: 20 + step) == cold.rate(step: step)) }
  }

  @Test("A span of epochs where there are none is refused with its key") func withoutEpochs() {
    #expect(throws: SettingError.self) {
      try rate(1, StepDecay(factor: 0.1, every: .epochs(1)), stepsPerEpoch: nil)
    }
    #expect(throws: SettingError.self) { try rate(1, warmup: .epochs(1), stepsPerEpoch: nil) }
  }

  @Test("A schedule is written and read", arguments: ScheduleChoice.kinds.map { $0.name })
  func coding(_ name: String) throws {
    let kind = try #require(ScheduleChoice.kinds.first { $0.name == name })
    let choice = try #require(ScheduleChoice(kind.init()))
    #expect(try JSONDecoder().decode(ScheduleChoice.self, from: JSONEncoder().encode(choice)) == choice)
    #expect(try JSONDecoder().decode([ScheduleChoice].self, from: Data("[\"\(name)\"]".utf8)) == [choice])
  }
}
