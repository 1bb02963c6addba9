import Networks

/// The sizes of a ``RadianceField``.
public struct RadianceFieldSettings: Settings {
  /// Layers on the point.
  public var depth = 8
  /// Their width.
  public var width = 256
  /// The layer, from 0, whose input is joined by the encoded point once more; nil for none.
  public var skip: Int? = 5
  /// The frequencies of the encoded point.
  public var positionOctaves = 10
  /// The frequencies of the encoded direction; nil for colours that look the same from everywhere.
  public var directionOctaves: Int? = 4
  /// What makes the density.
  public var density = DensityActivation.relu
  /// How many layers on the point a block has, at whose end `feedback.level: block` sends the error.
  public var blockLayers = 4

  /// Those of Mildenhall et al. 2020.
  public init() {}

  /// Those of the published checkpoints of Launay et al. 2020: four layers of 128 in place of the paper's eight of 256.
  public static let published = Self(depth: 4, width: 128)

  /// So many layers of a width, without a second input.
  public init(depth: Int, width: Int) { (self.depth, self.width, skip) = (depth, width, nil) }

  /// The keys in files.
  public static let keys = [
    SettingKey("depth", \Self.depth, "layers on the point", .within(1...64)),
    SettingKey("width", \Self.width, "their width", .within(2...maximumWidth)),
    SettingKey(
      "skip", optional: \Self.skip, "the layer, from 0, that gets the encoded point once more; null: none",
      .within(1...63)),
    SettingKey(
      "positionOctaves", \Self.positionOctaves, "frequencies of the encoded point", .within(0...20)),
    SettingKey(
      "directionOctaves", optional: \Self.directionOctaves,
      "frequencies of the encoded direction; null: colours do not depend on it", .within(0...20)),
    SettingKey(
      "density", \Self.density, "what makes the density: relu, or log(1 + exp(x - 1)) (shiftedSoftplus)"),
    SettingKey(
      "blockLayers", \Self.blockLayers,
      "layers on the point in a block, at whose end feedback.level=block sends the error", .within(1...64)),
  ]

  /// The layer with the second input is one of them.
  public func validate() throws(SettingError) {
    try require("skip", skip.map { $0 < depth } ?? true, "must be less than depth, \(depth)")
  }
}
