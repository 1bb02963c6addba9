import Networks

/// The dense layers of a recommender: each `dropout(relu(norm(W x + b)))`.
public struct TowerSettings: Settings {
  /// The widths of the layers, each at least 1; empty for a network without them.
  public var hidden = [400, 400, 400]
  /// The probability that a unit is dropped; in [0, 1).
  public var dropout = 0.0
  /// Whether there is batch normalisation between the product and the activation.
  public var batchNorm = true

  /// Three layers of 400 units.
  public init() {}
  /// Layers of these widths.
  public init(_ hidden: [Int] = [400, 400, 400], dropout: Double = 0, batchNorm: Bool = true) {
    (self.hidden, self.dropout, self.batchNorm) = (hidden, dropout, batchNorm)
  }

  /// The keys in files.
  public static let keys = [
    SettingKey("hidden", \Self.hidden, "the widths of the layers", .each(.within(1...maximumWidth))),
    SettingKey("dropout", \Self.dropout, "the probability that a unit is dropped", .dropout),
    SettingKey(
      "batchNorm", \Self.batchNorm, "whether there is batch normalisation before the activation"),
  ]
}
