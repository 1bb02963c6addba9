import FeedbackAlignment

extension MethodName {
  /// Whether a few steps may raise the loss: where signals go down by random tensors that the weights do not agree
  /// with yet, or do not depend on how wrong the output is.
  package var mayRaiseLoss: Bool { [.fa, .kp, .dkp, .drtp].contains(self) }
}
