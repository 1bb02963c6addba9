import Networks

/// What is around two graph convolutions: dropout, the activation between them, and where feedback goes and comes from.
struct TwoLayerParts {
  /// The dropout of the features.
  let inputDropout: Dropout
  /// The dropout of the hidden layer.
  let dropout: Dropout
  /// The activation of the hidden layer.
  let activation: Activation
  /// Where the hidden layer ends.
  let hidden: FeedbackPoint
  /// Where the error is read.
  let output: ErrorReading

  /// - Parameters:
  ///   - scope: The network's.
  ///   - settings: The network's.
  ///   - name: The name of what the network puts out.
  init(_ scope: Scope, _ settings: some TwoLayerSettings, output name: String = "logits") {
    inputDropout = Dropout(settings.inputDropout)
    dropout = Dropout(settings.dropout)
    activation = settings.activation
    output = ErrorReading(scope, settings.errorPlace, hops: settings.errorHops, output: name)
    hidden = output.point(scope / "conv1")
  }
}
