/// A table of keys, each with a value: the settings of a network, a layer, an optimizer, a task.
///
/// One list of keys serves reading, writing, checking, overriding (`--set`) and listing (`dfa list keys`):
///
///     public struct Settings: Networks.Settings {
///       public var hidden = 16
///       public init() {}
///       public static let keys = [
///         SettingKey("hidden", \Self.hidden, "the width of the hidden layer", .within(1...maximumWidth))
///       ]
///     }
///
/// Files hold every key; what is not there, or not known, is an error. A value that may be missing is optional and written
/// as `null`.
public protocol Settings: SettingValue {
  /// The defaults.
  init()
  /// Every key, in the order in which files have them.
  static var keys: [SettingKey<Self>] { get }
  /// Checks what concerns several keys at once.
  /// - Throws: ``SettingError`` with the path below this table.
  func validate() throws(SettingError)
}

extension Settings {
  /// What the keys are.
  public static var descriptions: [SettingDescription] { keys.map(\.description) }
  /// A table.
  public static var schema: SettingSchema { .table(Self.self) }
  /// No keys depend on each other.
  public func validate() throws(SettingError) {}

  /// Checks every value, and then what concerns several.
  public func check() throws(SettingError) {
    for key in Self.keys { try key.check(self) }
    try validate()
  }

  /// Reads every key.
  /// - Throws: `DecodingError`, also for a key that is missing or unknown.
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: SettingName.self)
    let known = Self.descriptions.map(\.name)
    if let unknown = container.allKeys.first(where: { !known.contains($0.stringValue) }) {
      throw DecodingError.dataCorruptedError(
        forKey: unknown, in: container,
        debugDescription: "is no key; there are \(known.joined(separator: ", "))")
    }
    for key in Self.keys { try key.decode(&self, container) }
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SettingName.self)
    for key in Self.keys { try key.encode(self, &container) }
  }
}

/// The name of a key.
struct SettingName: CodingKey {
  let stringValue: String
  let intValue: Int? = nil
  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}
