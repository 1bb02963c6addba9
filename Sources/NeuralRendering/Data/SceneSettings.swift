import Networks

/// Which photographs of a scene are read, how large, and where along their rays something is looked for.
public struct SceneSettings: Settings {
  /// How many pixels in each direction are averaged to one.
  public var downscale = 1
  /// Of scenes seen from the front: N of the folder `images_N`, whose images are that many times smaller than the photographs;
  /// 1 for `images`.
  public var factor = 8
  /// Of scenes seen from the front: the nearest thing of all is moved to 1 divided by this.
  public var boundsFactor = 0.75
  /// Of scenes seen from the front: one of how many views, from the first on, is held out to choose by and to report.
  public var testEvery = 8
  /// Of scenes seen from the front: whether rays are sampled in normalised device coordinates, to infinity.
  public var isForwardFacing = true
  /// Where along rays sampling begins; nil: what the kind of scene says.
  public var near: Double?
  /// Where along rays it ends; nil: what the kind of scene says.
  public var far: Double?
  /// One of how many views of validation and test is read, from the first on.
  public var everyTestView = 1

  /// Views as they are.
  public init() {}

  /// The keys in files.
  public static let keys = [
    SettingKey(
      "downscale", \Self.downscale, "how many pixels in each direction are averaged to one", .within(1...64)),
    SettingKey(
      "factor", \Self.factor,
      "of scenes seen from the front: N of the folder images_N that is read; 1 for images", .within(1...64)),
    SettingKey(
      "boundsFactor", \Self.boundsFactor,
      "of scenes seen from the front: 1 divided by how far away the nearest thing is moved", .positive),
    SettingKey(
      "testEvery", \Self.testEvery,
      "of scenes seen from the front: one of how many views is held out to choose by and to report",
      .within(2...1_000_000)),
    SettingKey(
      "isForwardFacing", \Self.isForwardFacing,
      "of scenes seen from the front: whether rays are sampled in normalised device coordinates, to infinity"),
    SettingKey(
      "near", optional: \Self.near,
      "where along rays sampling begins; null: 2 for scenes seen from around, 0 in normalised device coordinates, else 0.9 of the nearest bound",
      .atLeast(0)),
    SettingKey(
      "far", optional: \Self.far,
      "where along rays sampling ends; null: 6 for scenes seen from around, 1 in normalised device coordinates, else the farthest bound",
      .positive),
    SettingKey(
      "everyTestView", \Self.everyTestView, "one of how many views of validation and test is read",
      .within(1...1_000_000)),
  ]

  /// Sampling must end beyond where it begins.
  public func validate() throws(SettingError) {
    guard let near, let far, near >= far else { return }
    throw SettingError(key: "far", reason: "must be more than near (\(near)), not \(far)")
  }
}
