import Basics

/// Says when it is time for another checkpoint.
struct CheckpointTimer {
  private let seconds: Double
  private var sinceLast = Stopwatch()

  /// - Parameter seconds: The least time between checkpoints, in seconds.
  init(seconds: Double) { self.seconds = seconds }

  /// Whether that time has passed since the last checkpoint, or since the timer was made.
  var isDue: Bool { sinceLast.seconds >= seconds }

  /// A checkpoint has been written.
  mutating func restart() { sinceLast.restart() }
}
