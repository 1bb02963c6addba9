/// What is known at a moment of training: a line of `metrics.jsonl`.
public struct TrainingRecord: Codable, Equatable, Sendable {
  /// Steps done.
  public let step: Int
  /// Epochs done, whole or not; nil where training has none.
  public let epoch: Double?
  /// The learning rate of the last step.
  public let learningRate: Double
  /// `trainLoss`, the mean over the samples since the last record that has it, and what was evaluated and measured.
  public let metrics: [String: Double]
  /// Seconds of training since the last record, without evaluation.
  public let seconds: Double
}

extension TrainingRecord {
  /// When it was, in words: `epoch 5`, or `step 500` where there are no epochs.
  package var moment: String { trainingMoment(step: step, epoch: epoch) }
}

extension TrainingRecord {
  /// Where it is on the axis of a chart.
  var position: Double { epoch ?? Double(step) }
}

extension Sequence<TrainingRecord> {
  /// What ``TrainingRecord/position`` counts.
  var axis: String { contains { $0.epoch != nil } ? "epoch" : "step" }
}

/// A moment of training in words.
func trainingMoment(step: Int, epoch: Double?) -> String {
  guard let epoch else { return "step \(step)" }
  return epoch == epoch.rounded() ? "epoch \(Int(epoch))" : "epoch \(Int(epoch) + 1), step \(step)"
}
