import Networks
import Training

/// The settings that networks of two graph convolutions share.
public protocol TwoLayerSettings: NodeModelSettings {
  /// The width of the hidden layer, or of each head of it; at least 1.
  var hidden: Int { get set }
  /// The activation after the hidden layer.
  var activation: Activation { get set }
  /// The probability that a feature is dropped; in [0, 1).
  var inputDropout: Double { get set }
  /// The probability that an element of the hidden layer is dropped; in [0, 1).
  var dropout: Double { get set }
  /// Where the error is read.
  var errorPlace: ErrorPlace { get set }
  /// Over how many edges the error of the logits is diffused, by the normalised adjacency, before the hidden layer receives
  /// it, instead of that of ``errorPlace``; from 0, which leaves it as it is, to 100.
  var errorHops: Int { get set }
}

extension TwoLayerSettings {
  /// The keys of the shared settings.
  /// - Parameter hidden: What `hidden` means.
  static func twoLayerKeys(hidden: String = "the width of the hidden layer") -> [SettingKey<Self>] {
    [
      SettingKey("hidden", \Self.hidden, hidden, .within(1...maximumWidth)),
      SettingKey("activation", \Self.activation, "the activation after the hidden layer"),
      SettingKey("inputDropout", \Self.inputDropout, "the probability that a feature is dropped", .dropout),
      SettingKey(
        "dropout", \Self.dropout, "the probability that an element of the hidden layer is dropped", .dropout),
      SettingKey(
        "errorPlace", \Self.errorPlace,
        "where the error is read: at the logits, or at the last layer's products"),
      SettingKey(
        "errorHops", \Self.errorHops,
        "over how many edges the error is diffused before the hidden layer receives it",
        .within(0...100)),
    ]
  }

  /// An error is diffused from the logits only.
  public func validate() throws(SettingError) { try checkErrorHops() }

  /// Checks that an error is diffused from the logits only.
  func checkErrorHops() throws(SettingError) {
    try require(
      "errorHops", errorHops == 0 || errorPlace == .logits, "must be 0 where errorPlace is not logits")
  }
}
