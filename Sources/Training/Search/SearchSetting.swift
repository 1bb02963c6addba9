/// A key of a configuration and the value that a trial gives it.
public struct SearchSetting: Codable, Hashable, Sendable {
  /// The path of the key.
  public let key: String
  /// The value, as in YAML.
  public let value: String

  /// `key=value`, as `--set` takes it.
  public var assignment: String { "\(key)=\(value)" }
}
