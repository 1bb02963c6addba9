/// Keeps all records.
public final class HistoryRecorder: TrainingCallback {
  /// The records, in order.
  public private(set) var records: [TrainingRecord] = []

  /// An empty history.
  public init() {}

  /// Takes over the records from before an interruption.
  func restore(_ records: [TrainingRecord]) { self.records = records }

  /// Keeps the record.
  public func recorded(_ session: any TrainingSession, _ record: TrainingRecord) throws {
    records.append(record)
  }
}
