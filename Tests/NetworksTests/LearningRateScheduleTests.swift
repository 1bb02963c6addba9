import Foundation
import Networks
import Testing

@Suite("Learning rate schedules") struct LearningRateScheduleTests {
  private func near(_ x: Double, _ y: Double) -> Bool { abs(x - y) <= 1e-12 * abs(y) }

  @Test("constant: always the first rate") func constant() {
    let rate = LearningRate(0.5)
    #expect([0, 1, 100].allSatisfy { rate.rate(epoch: $0, step: 1000 * $0) == 0.5 })
  }

  @Test("step: times the factor after every period of epochs") func step() {
    let rate = LearningRate(1, LearningRateSchedule(.step, factor: 0.1, period: 3))
    let expected = [1, 1, 1, 0.1, 0.1, 0.1, 0.01]
    for (epoch, value) in expected.enumerated() { #expect(near(rate.rate(epoch: epoch, step: 7), value)) }
  }

  @Test("exponential: NeRF's decay, smooth in steps") func exponential() {
    let rate = LearningRate(5e-4, LearningRateSchedule(.exponential, factor: 0.1, period: 500_000))
    #expect(rate.rate(epoch: 9, step: 0) == 5e-4)
    #expect(near(rate.rate(epoch: 0, step: 500_000), 5e-5))
    #expect(near(rate.rate(epoch: 0, step: 250_000), 5e-4 * pow(0.1, 0.5)))
  }

  @Test("exponential: over the whole run where the period is 0") func wholeRun() {
    let rate = LearningRate(0.5, LearningRateSchedule(.exponential, factor: 0.01, period: 0), runSteps: 400)
    #expect(rate.rate(epoch: 0, step: 0) == 0.5)
    #expect(abs(rate.rate(epoch: 1, step: 200) - 0.05) < 1e-12)
    #expect(abs(rate.rate(epoch: 2, step: 400) - 0.005) < 1e-12)
    // A period of steps is one whatever the run.
    let other = LearningRate(
      0.5, LearningRateSchedule(.exponential, factor: 0.01, period: 200), runSteps: 400)
    #expect(abs(other.rate(epoch: 1, step: 200) - 0.005) < 1e-12)
  }

  @Test("plateau: times the factor after more than a period of epochs without a better metric") func plateau()
  {
    var rate = LearningRate(1, LearningRateSchedule(.plateau, factor: 0.5, period: 2))
    // The metric of each epoch, and the rate after it: by hand, as ReduceLROnPlateau with patience 2 and
    // threshold 0.
    let table: [(metric: Double, rate: Double)] = [
      (5, 1), (4, 1), (4, 1), (4.5, 1), (4, 0.5), (4, 0.5), (3, 0.5), (3, 0.5), (3, 0.5), (3, 0.25),
      (3, 0.25),
      (3, 0.25), (3, 0.125), (2, 0.125),
    ]
    for (epoch, row) in table.enumerated() {
      rate.epochEnded(metric: row.metric)
      #expect(rate.rate(epoch: epoch, step: 0) == row.rate, "epoch \(epoch)")
    }
  }

  @Test("plateau: a metric that is not a number is no improvement and is not kept as the best")
  func notANumber() {
    var rate = LearningRate(1, LearningRateSchedule(.plateau, factor: 0.5, period: 1))
    for metric in [Double.nan, 3, .nan, 2, 1] { rate.epochEnded(metric: metric) }
    #expect(rate.rate(epoch: 5, step: 0) == 1)
    #expect(rate.state.best == 1)
    for _ in 0..<2 { rate.epochEnded(metric: .nan) }
    #expect(rate.rate(epoch: 7, step: 0) == 0.5)
  }

  @Test("Only plateau listens to the metric") func others() {
    for kind in LearningRateSchedule.Kind.allCases where kind != .plateau {
      var rate = LearningRate(1, LearningRateSchedule(kind, factor: 0.5, period: 1))
      let before = rate.rate(epoch: 1, step: 1)
      for _ in 0..<5 { rate.epochEnded(metric: 1) }
      #expect(rate.rate(epoch: 1, step: 1) == before)
    }
  }

  @Test("A state that went through a checkpoint goes on where it was") func restoring() throws {
    let schedule = LearningRateSchedule(.plateau, factor: 0.5, period: 1)
    var whole = LearningRate(1, schedule)
    for metric in [3.0, 3, 3, 3] { whole.epochEnded(metric: metric) }
    var resumed = LearningRate(1, schedule)
    resumed.state = try JSONDecoder().decode(
      LearningRate.State.self, from: JSONEncoder().encode(whole.state))
    #expect(resumed.state == whole.state)
    for metric in [3.0, 3, 2, 3] {
      whole.epochEnded(metric: metric)
      resumed.epochEnded(metric: metric)
      #expect(resumed.rate(epoch: 0, step: 0) == whole.rate(epoch: 0, step: 0))
    }
  }

  @Test("A schedule is written and read", arguments: LearningRateSchedule.Kind.allCases)
  func coding(_ kind: LearningRateSchedule.Kind) throws {
    let schedule = LearningRateSchedule(kind, factor: 0.3, period: 7)
    #expect(
      try JSONDecoder().decode(LearningRateSchedule.self, from: JSONEncoder().encode(schedule)) == schedule)
  }
}
