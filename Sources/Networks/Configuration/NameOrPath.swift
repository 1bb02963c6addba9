/// A setting that is one of a few names, or else the path of a file or folder of one's own.
///
/// Whether something is at the path is seen when it is read, not before.
public enum NameOrPath<Name: NamedChoice>: SettingValue, CustomStringConvertible {
  /// One of the names.
  case name(Name)
  /// A path, or a name under a data root.
  case path(String)

  /// The names, and a path.
  public static var schema: SettingSchema {
    .value("one of \(names.joined(separator: ", ")), or a path")
  }
  /// The names there are.
  public static var names: [String] { Name.allCases.map(\.rawValue) }

  /// The name; nil for a path.
  public var name: Name? { if case .name(let name) = self { name } else { nil } }

  /// What stands for it in files.
  public var description: String {
    switch self {
    case .name(let name): name.rawValue
    case .path(let path): path
    }
  }

  /// A name, or else a path.
  public init(_ text: String) { self = Name(rawValue: text).map(Self.name) ?? .path(text) }

  /// Reads a name or path.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard !text.isEmpty else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "is empty; give one of \(Self.names.joined(separator: ", ")), or a path")
    }
    self.init(text)
  }

  /// Writes the name or path.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
