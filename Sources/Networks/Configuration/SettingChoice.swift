/// One of several kinds of things that a setting can choose, with settings of its own, such as an optimizer's rule.
public protocol SettingKind: Settings {
  /// The name in files.
  static var name: String { get }
  /// What it is, in one line.
  static var summary: String { get }
}

/// A setting that is one of several kinds: written `{kind: {key: value}}`, and read also as `kind`, which has its defaults.
public protocol SettingChoice: SettingValue, CustomStringConvertible {
  /// What there is to choose from.
  static var kinds: [any SettingKind.Type] { get }
  /// What was chosen.
  var kind: any SettingKind { get }
  /// A choice; nil for a kind that is not among ``kinds``.
  init?(_ kind: any SettingKind)
}

extension SettingChoice {
  /// One of the kinds.
  public static var schema: SettingSchema { .choice(kinds) }
  /// The name of the kind.
  public var description: String { type(of: kind).name }

  /// Checks the settings of the kind.
  public func check() throws(SettingError) {
    do throws(SettingError) { try kind.check() } catch { throw error.below(description) }
  }

  /// Whether kind and settings are the same.
  public static func == (x: Self, y: Self) -> Bool { AnyHashable(x.kind) == AnyHashable(y.kind) }
  /// Hashes kind and settings.
  public func hash(into hasher: inout Hasher) { AnyHashable(kind).hash(into: &hasher) }

  /// Reads a name, or a table with one.
  public init(from decoder: any Decoder) throws {
    let names = Self.kinds.map { $0.name }
    func found(_ name: String) throws -> any SettingKind.Type {
      if let kind = Self.kinds.first(where: { $0.name == name }) { return kind }
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: noneOf(names, name)))
    }
    let kind: any SettingKind
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      kind = try found(name).init()
    } else {
      let container = try decoder.container(keyedBy: SettingName.self)
      guard container.allKeys.count == 1, let key = container.allKeys.first else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath,
            debugDescription: "must be one of \(names.joined(separator: ", ")), with its keys in a table"))
      }
      func decode<Kind: SettingKind>(_ type: Kind.Type) throws -> Kind {
        try container.decode(type, forKey: key)
      }
      kind = try decode(found(key.stringValue))
    }
    guard let choice = Self(kind) else {
      fatalError("'\(type(of: kind).name)' is among the kinds of \(Self.self), which refuses it")
    }
    self = choice
  }

  /// Writes the table of the kind under its name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SettingName.self)
    try container.encode(kind, forKey: SettingName(description))
  }
}
