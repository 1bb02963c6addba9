import FeedbackAlignment

/// What a run reached, all of one moment: that of the selected weights.
public struct TrainingResult: Codable, Equatable, Sendable {
  /// Steps done then.
  public let step: Int
  /// Epochs done then; nil where training has none.
  public let epoch: Double?
  /// The metrics on the validation data then, and of these weights on the test data.
  public let metrics: [String: Double]
  /// The alignment of the method's signals with backpropagation's, with these weights and the feedback of that moment;
  /// empty for methods without feedback.
  public let alignment: [PointAlignment]
}

extension TrainingResult {
  /// When it was, in words.
  package var moment: String { trainingMoment(step: step, epoch: epoch) }
}
