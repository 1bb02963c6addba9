import Basics
import Reports

/// Shows a progress bar with the loss on a terminal, and plain lines elsewhere.
public final class ProgressReporter: TrainingCallback {
  private let label: String
  private var bar: ProgressBar?
  private var sinceUpdate: Stopwatch?
  private var metric = ""

  /// - Parameter label: What is trained, such as `graph gcn-cora dfa seed 0`.
  public init(label: String) { self.label = label }

  /// Starts the bar.
  public func began(_ session: any TrainingSession) throws {
    bar = ProgressBar(label: label, total: session.stepCount, startingAt: session.progress.step)
  }

  /// Moves the bar, at most ten times a second, because reading the loss waits for the device.
  public func stepEnded(_ session: any TrainingSession) throws {
    if let sinceUpdate, sinceUpdate.seconds <= 0.1 { return }
    sinceUpdate = Stopwatch()
    bar?.update(session.progress.step, message: message(session))
  }

  /// Writes the notice.
  public func noticed(_ session: any TrainingSession, _ notice: String) { bar?.note(notice) }

  /// Notes the validation metric.
  public func recorded(_ session: any TrainingSession, _ record: TrainingRecord) throws {
    let name = session.primaryMetric.name(on: .validation)
    guard let value = record.metrics[name] else { return }
    metric = "  \(name) \(NumberFormat.general(value))"
  }

  /// Ends the bar where it is.
  public func interrupted(_ session: any TrainingSession) throws {
    bar?.update(session.progress.step)
    bar?.finish(message: "interrupted")
  }

  /// Ends the bar.
  public func ended(_ session: any TrainingSession) throws {
    bar?.update(session.progress.step)
    bar?.finish(message: message(session))
  }

  private func message(_ session: any TrainingSession) -> String {
    let rate =
      session.samplesPerSecond.map { "\(NumberFormat.general($0.rate.rounded())) \($0.word)/s  " } ?? ""
    return "\(rate)loss \(NumberFormat.general(session.lossOfLastStep))\(metric)"
  }
}
