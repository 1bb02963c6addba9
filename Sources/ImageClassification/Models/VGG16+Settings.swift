import Networks

extension VGG16 {
  /// The layers of VGG-16.
  public struct Settings: Networks.Settings {
    /// The channels of the first block of convolutions; the others have twice, four times, and the last two eight times as
    /// many. From 1 to 65,536.
    public var width = 64
    /// The side of what the dense layers see, in pixels; from 1 to 32.
    public var pooled = 7
    /// The width of the dense layers; from 1 to 1,000,000.
    public var denseUnits = 4096
    /// The probability that a unit of the dense layers is dropped; in [0, 1).
    public var dropout = 0.5
    /// Whether batch normalisation comes before the ReLU of convolutions.
    public var batchNorm = false

    /// Those of Simonyan and Zisserman 2015.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey(
        "width", \Self.width, "the channels of the first block of convolutions", .within(1...65_536)),
      SettingKey("pooled", \Self.pooled, "the side of what the dense layers see, in pixels", .within(1...32)),
      SettingKey(
        "denseUnits", \Self.denseUnits, "the width of the dense layers, in units", .within(1...1_000_000)),
      SettingKey(
        "dropout", \Self.dropout, "the probability that a unit of the dense layers is dropped", .dropout),
      SettingKey(
        "batchNorm", \Self.batchNorm, "whether batch normalisation comes before the ReLU of convolutions"),
    ]
  }
}
