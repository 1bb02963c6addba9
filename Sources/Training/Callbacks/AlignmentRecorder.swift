import FeedbackAlignment

/// Measures alignment every few epochs.
public final class AlignmentRecorder: TrainingCallback {
  private let period: Int
  /// What was measured, by epoch.
  public private(set) var history: [(epoch: Int, alignment: [PointAlignment])] = []

  /// - Parameter period: Epochs between measurements; the end is always measured.
  public init(every period: Int) { self.period = period }

  /// Measures when it is time.
  public func epochEnded(_ session: any TrainingSession, _ record: EpochRecord) throws {
    guard record.epoch % period == 0 || session.progress.isFinished else { return }
    history.append((record.epoch, try session.measureAlignment()))
  }
}
