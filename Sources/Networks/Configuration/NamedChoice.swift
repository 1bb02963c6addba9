import Basics

/// A setting that is one of a few names. Reading another name fails with the list of those allowed, and the nearest.
public protocol NamedChoice: RawRepresentable, CaseIterable, SettingValue where RawValue == String {}

extension NamedChoice {
  /// Reads the name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let choice = Self(rawValue: name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: noneOf(Self.allCases.map(\.rawValue), name))
    }
    self = choice
  }
}

/// Why a name cannot be chosen: it is none of those allowed. Says which is nearest.
package func noneOf(_ names: [String], _ name: String) -> String {
  let suggestion = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
  return "'\(name)' is not one of \(names.joined(separator: ", "))\(suggestion)"
}
