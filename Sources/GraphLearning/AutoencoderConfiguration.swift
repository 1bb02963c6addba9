import FeedbackAlignment
import Networks
import Training

/// The configuration of ``GraphAutoencoderTask``.
public struct AutoencoderConfiguration: TaskConfiguration {
  /// The citation network.
  public var dataset: GraphConfiguration.Citations
  /// Whether the features of each node are divided by their sum, where that is more than 1.
  public var normalizesFeatures: Bool
  /// The share of the edges by which settings are chosen; more than 0, and with `testShare` less than 1.
  public var validationShare: Double
  /// The share of the edges that are reported; more than 0.
  public var testShare: Double
  /// The width of the hidden layer; at least 1.
  public var hidden: Int
  /// The width of the latent; at least 1.
  public var latent: Int
  /// The activation after the hidden layer.
  public var activation: Activation
  /// The probability that a feature is dropped; in [0, 1).
  public var inputDropout: Double
  /// The probability that an element of the hidden layer is dropped; in [0, 1).
  public var dropout: Double
  /// Length and rhythm; the batch is always the whole graph.
  public var training: TrainingConfiguration
  /// The optimizer.
  public var optimizer: OptimizerConfiguration
  /// The feedback matrices.
  public var feedback: FeedbackConfiguration

  /// Checks the sizes, shares and probabilities.
  public func validate() throws {
    for (key, value) in [("hidden", hidden), ("latent", latent)] {
      try require(
        key, (1...greatestWidth).contains(value), "must be from 1 to \(greatestWidth), not \(value)")
    }
    for (key, value) in [("validationShare", validationShare), ("testShare", testShare)] {
      try require(key, value > 0 && value < 1, "must be more than 0 and less than 1, not \(value)")
    }
    try require(
      "testShare", validationShare + testShare < 1,
      "must leave edges to train on: \(testShare) and validationShare \(validationShare) are 1 or more")
    for (key, value) in [("inputDropout", inputDropout), ("dropout", dropout)] {
      try require(key, (0..<1).contains(value), "must be at least 0 and less than 1, not \(value)")
    }
  }
}
