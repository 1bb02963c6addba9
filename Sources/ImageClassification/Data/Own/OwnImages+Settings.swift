import Networks

extension OwnImages {
  /// How images of one's own are read.
  public struct Settings: Networks.Settings {
    /// The side of the square that images become, in pixels: the shorter side is scaled to it, and the middle is cropped.
    /// From 1 to 16,384; nil leaves images as they are, which then must have one size.
    public var size: Int?
    /// Whether colours become grey: 0.299 red + 0.587 green + 0.114 blue.
    public var grey = false
    /// The share of each class that is to test where the data have no test images; more than 0 and less than 1.
    public var testShare = 0.2
    /// What test images and the order of training images are drawn from; from 0 on.
    public var seed = 0

    /// The defaults.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey(
        "size", optional: \Self.size,
        "the side of the square that images become, in pixels; null: they have one size", .within(1...16_384)),
      SettingKey("grey", \Self.grey, "whether colours become grey"),
      SettingKey(
        "testShare", \Self.testShare, "the share of each class to test where the data have no test images",
        SettingRange("more than 0 and less than 1") { $0 > 0 && $0 < 1 }),
      SettingKey(
        "seed", \Self.seed, "what test images and the order of training images are drawn from", .atLeast(0)),
    ]
  }
}
