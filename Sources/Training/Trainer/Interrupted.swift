import Basics

/// Training that a signal ended before its time.
public struct Interrupted: ReportableError, Equatable {
  /// The number of the signal.
  public let signal: Int32
  /// Steps done.
  public let step: Int
  /// What to do to go on.
  public let advice: String

  /// Training that ended after a step.
  public init(signal: Int32, step: Int, advice: String = "") {
    (self.signal, self.step, self.advice) = (signal, step, advice)
  }

  /// The same with what to do.
  package func advising(_ advice: String) -> Interrupted {
    Interrupted(signal: signal, step: step, advice: advice)
  }

  /// 128 and the number of the signal, as shells have it: 130 for SIGINT, 143 for SIGTERM.
  public var exitCode: Int32 { 128 + signal }

  /// Where training ended, and what to do.
  public var description: String {
    "interrupted after step \(step)" + (advice.isEmpty ? "" : "; \(advice)")
  }
}
