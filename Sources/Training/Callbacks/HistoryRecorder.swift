/// Keeps the records of all epochs.
public final class HistoryRecorder: TrainingCallback {
  /// The records, in order.
  public private(set) var records: [EpochRecord] = []

  /// An empty history.
  public init() {}

  /// Keeps the record.
  public func epochEnded(_ session: any TrainingSession, _ record: EpochRecord) throws {
    records.append(record)
  }
}
