import Foundation

/// Says when it is time for another checkpoint.
struct CheckpointTimer {
  private let seconds: Double
  private var last = DispatchTime.now()

  /// - Parameter seconds: The least time between checkpoints, in seconds.
  init(seconds: Double) { self.seconds = seconds }

  /// Whether that time has passed since the last checkpoint, or since the timer was made.
  var isDue: Bool {
    Double(DispatchTime.now().uptimeNanoseconds - last.uptimeNanoseconds) * 1e-9 >= seconds
  }

  /// A checkpoint has been written.
  mutating func restart() { last = .now() }
}
