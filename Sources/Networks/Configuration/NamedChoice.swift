import Basics

/// A setting that is one of a few names. Reading another name fails with the list of those
/// allowed, and the nearest.
public protocol NamedChoice: RawRepresentable, CaseIterable, Codable, Sendable where RawValue == String {}

extension NamedChoice {
  /// Reads the name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let choice = Self(rawValue: name) else {
      let names = Self.allCases.map(\.rawValue)
      let suggestion = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(name)' is not one of \(names.joined(separator: ", "))\(suggestion)")
    }
    self = choice
  }
}
