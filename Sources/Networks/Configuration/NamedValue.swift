/// A setting that is written as a name, which may carry a number, such as `leakyReLU(-0.5)`. Reading another name
/// fails with the list of those allowed.
public protocol NamedValue: SettingValue, LosslessStringConvertible {
  /// The names there are, for error messages.
  static var names: String { get }
}

extension NamedValue {
  /// Reads the name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let value = Self(name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(name)' is not one of \(Self.names)")
    }
    self = value
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
