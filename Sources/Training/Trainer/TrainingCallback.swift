/// Watches a training run. Every method does nothing unless a callback says otherwise.
public protocol TrainingCallback: AnyObject {
  /// Training begins, or is resumed from a checkpoint.
  func began(_ session: any TrainingSession) throws
  /// A step is done.
  func stepEnded(_ session: any TrainingSession) throws
  /// The trainer does something else than it was told, and says why.
  func noticed(_ session: any TrainingSession, _ notice: String)
  /// Something is known: the training loss, and the metrics where an evaluation was due.
  func recorded(_ session: any TrainingSession, _ record: TrainingRecord) throws
  /// Training ends before its time, to be resumed.
  func interrupted(_ session: any TrainingSession) throws
  /// Training is done.
  func ended(_ session: any TrainingSession) throws
}

extension TrainingCallback {
  /// Does nothing.
  public func began(_ session: any TrainingSession) throws {}
  /// Does nothing.
  public func stepEnded(_ session: any TrainingSession) throws {}
  /// Does nothing.
  public func noticed(_ session: any TrainingSession, _ notice: String) {}
  /// Does nothing.
  public func recorded(_ session: any TrainingSession, _ record: TrainingRecord) throws {}
  /// Does nothing.
  public func interrupted(_ session: any TrainingSession) throws {}
  /// Does nothing.
  public func ended(_ session: any TrainingSession) throws {}
}

/// What callbacks see of a trainer.
public protocol TrainingSession: AnyObject {
  /// How far training has come.
  var progress: TrainingProgress { get }
  /// Steps of the whole run.
  var stepCount: Int { get }
  /// The loss of the last step; reading it waits for the device.
  var lossOfLastStep: Double { get }
  /// The samples of the steps of this session by their seconds, and what samples are called; nil where steps alone are counted.
  var samplesPerSecond: (rate: Double, word: String)? { get }
  /// The metric that selects weights.
  var primaryMetric: Metric { get }
  /// Whether it is the turn of something that comes every so often, after the present step.
  func isDue(_ rhythm: Rhythm) -> Bool
  /// All that a checkpoint keeps.
  func checkpoint(metricsByteCount: Int) -> Checkpoint
  /// The weights of the best evaluation, and what the method had learned then; nil before the first.
  var bestWeights: Checkpoint? { get }
  /// Ends training after the present step.
  func stop()
}
