import Basics

/// One curve: values `y` at the places `x`, and their deviations.
public struct Series: Sendable, Equatable {
  /// Name of the curve in the legend.
  public let name: String
  /// Places on the horizontal axis, such as steps or epochs.
  public let x: [Double]
  /// The value at each place; where it is not finite the curve has a gap.
  public let y: [Double]
  /// The standard deviation at each place, in the unit of `y`, drawn as a band of one deviation to either
  /// side; nil for a single run.
  public let band: [Double]?

  /// A curve; traps when `x`, `y` and `band` differ in length.
  public init(name: String, x: [Double], y: [Double], band: [Double]? = nil) {
    require(
      Self.agree(x, y, band),
      "series \"\(name)\": \(x.count) places, \(y.count) values, \(band?.count ?? y.count) deviations")
    self.name = name
    self.x = x
    self.y = y
    self.band = band
  }

  private static func agree<T>(_ x: [T], _ y: [T], _ band: [T]?) -> Bool {
    x.count == y.count && y.count == band?.count ?? y.count
  }
}

extension Series: Codable {
  private enum CodingKeys: CodingKey { case name, x, y, band }

  /// Reads a curve; `null` becomes not-a-number.
  ///
  /// - Throws: `DecodingError`, also when `x`, `y` and `band` differ in length.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .name)
    let x = try container.decode([Double?].self, forKey: .x)
    let y = try container.decode([Double?].self, forKey: .y)
    let band = try container.decodeIfPresent([Double?].self, forKey: .band)
    guard Self.agree(x, y, band) else {
      throw DecodingError.dataCorruptedError(
        forKey: .y, in: container, debugDescription: "series \"\(name)\": x, y and band differ in length")
    }
    self.init(name: name, x: x.map(Self.number), y: y.map(Self.number), band: band?.map(Self.number))
  }

  /// Writes the curve; numbers that are not finite become `null`, so that any encoder gives valid output.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(x.map(Self.finite), forKey: .x)
    try container.encode(y.map(Self.finite), forKey: .y)
    try container.encodeIfPresent(band?.map(Self.finite), forKey: .band)
  }

  private static func number(_ value: Double?) -> Double { value ?? .nan }

  private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
