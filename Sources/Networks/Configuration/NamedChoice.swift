/// A setting that is one of a few names. Reading another name fails with the list of those allowed.
public protocol NamedChoice: RawRepresentable, CaseIterable, SettingValue where RawValue == String {}

extension NamedChoice {
  /// Reads the name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let choice = Self(rawValue: name) else {
      let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(name)' is not one of \(names)")
    }
    self = choice
  }
}
