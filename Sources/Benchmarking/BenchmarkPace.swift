/// How many steps make a turn, and how many rounds of turns a benchmark.
package struct BenchmarkPace: Equatable, Sendable {
  /// Steps of a method in a turn.
  package let stepsInTurn: Int
  /// The first of them, which bring the network back into the caches, as in training, where no other method
  /// runs in between.
  package let uncountedSteps: Int
  /// Rounds that count.
  package let rounds: Int
  /// Rounds before them that do not.
  package let warmup: Int

  /// A pace at which a benchmark takes about half a minute, unless told otherwise.
  /// - Parameters:
  ///   - seconds: Of a step of each method.
  ///   - rounds: Rounds that count; when nil as many as fit, from 5 to 40.
  ///   - warmup: Rounds before them; when nil 3, or 1 where steps are slow.
  package init(secondsOfStep seconds: [Double], rounds: Int? = nil, warmup: Int? = nil) {
    let isSlow = (seconds.max() ?? 0) > 0.1
    stepsInTurn = isSlow ? 3 : 10
    uncountedSteps = isSlow ? 1 : 2
    let round = seconds.reduce(0, +) * Double(stepsInTurn)
    self.rounds = rounds ?? Int(min(max(30 / round, 5), 40))
    self.warmup = warmup ?? (isSlow ? 1 : 3)
  }

  /// The same for epochs, of which one makes a turn and three rounds are enough where one takes more than a second:
  /// what caches hold means nothing there.
  package init(secondsOfEpoch seconds: [Double], rounds: Int? = nil, warmup: Int? = nil) {
    guard (seconds.max() ?? 0) > 1 else {
      self.init(secondsOfStep: seconds, rounds: rounds, warmup: warmup)
      return
    }
    self.init(
      stepsInTurn: 1, uncountedSteps: 0,
      rounds: rounds ?? Int(min(max(30 / seconds.reduce(0, +), 3), 40)), warmup: warmup ?? 0)
  }

  /// What was measured in the turns that count, of each contestant, by round.
  /// - Parameter measure: Measures one step of a contestant.
  func turns<Sample>(
    of contestants: [Contestant], measure: (Contestant) throws -> Sample
  ) rethrows -> [[[Sample]]] {
    var turns = contestants.map { _ in [[Sample]]() }
    for round in 0..<warmup + rounds {
      for (index, contestant) in contestants.enumerated() {
        let samples = try (0..<stepsInTurn).map { _ in try measure(contestant) }
        if round >= warmup { turns[index].append(Array(samples.dropFirst(uncountedSteps))) }
      }
    }
    return turns
  }

  private init(stepsInTurn: Int, uncountedSteps: Int, rounds: Int, warmup: Int) {
    (self.stepsInTurn, self.uncountedSteps) = (stepsInTurn, uncountedSteps)
    (self.rounds, self.warmup) = (rounds, warmup)
  }
}
