import Basics
import Foundation
import Testing

@Suite("Stopwatch") struct StopwatchTests {
  @Test("It tells seconds, and never fewer than before") func seconds() {
    let (stopwatch, wall) = (Stopwatch(), Date())
    Thread.sleep(forTimeInterval: 0.05)
    let first = stopwatch.seconds
    // Sleeping may take longer than asked for, never less; the wall clock bounds it from above.
    #expect(first >= 0.05 && first <= Date().timeIntervalSince(wall) + 0.01)
    #expect(stopwatch.seconds >= first)
  }

  @Test("It starts again at nothing") func restart() {
    var stopwatch = Stopwatch()
    Thread.sleep(forTimeInterval: 0.05)
    let other = stopwatch
    stopwatch.restart()
    #expect(stopwatch.seconds < other.seconds - 0.04)
  }
}
