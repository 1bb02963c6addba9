import Dispatch

/// Measures time by a clock that is never set.
package struct Stopwatch: Sendable {
  private var start = DispatchTime.now().uptimeNanoseconds

  /// Starts.
  package init() {}

  /// Seconds since the start.
  package var seconds: Double { Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 }

  /// Starts again.
  package mutating func restart() { self = Stopwatch() }
}
