import Networks

/// How far a run has come: with the tensors of a checkpoint, all that is needed to resume.
public struct TrainingProgress: Codable, Equatable, Sendable {
  /// Steps done.
  public internal(set) var step = 0
  /// The step up to which what is due after steps (records, evaluations) has been done.
  var settledStep = 0
  /// Samples since the last record of the training loss.
  var sampleCount = 0
  /// Seconds of training since the last record.
  var seconds = 0.0
  /// The evaluation with the best validation metric.
  public internal(set) var best: TrainingRecord?
  /// The last evaluation.
  public internal(set) var last: TrainingRecord?
  /// What the learning rate's schedule has seen.
  var plateau = PlateauState()
  /// Whether training has ended.
  public internal(set) var isFinished = false
  /// The steps that the run was to have when it ended; nil before.
  var finishedLength: Int?
  /// The length of `metrics.jsonl`, in bytes.
  var metricsByteCount = 0
  /// The lengths of the files of TensorBoard events, in bytes, by their names.
  var eventsByteCounts: [String: Int] = [:]
}
