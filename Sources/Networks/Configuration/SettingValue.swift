import Basics

/// What a key of a configuration can hold: a number, a text, a name, a list, a table of further keys, or one of several
/// kinds of things.
public protocol SettingValue: Codable, Hashable, Sendable {
  /// What can be written for it.
  static var schema: SettingSchema { get }
  /// Whether nothing (`null`) can be written for it.
  static var isOptional: Bool { get }
  /// Checks the value and all that it holds.
  /// - Throws: ``SettingError`` with the path below this value.
  func check() throws(SettingError)
}

extension SettingValue {
  /// False, but for optional values.
  public static var isOptional: Bool { false }
  /// Every value of the type is as good as another.
  public func check() throws(SettingError) {}
}

/// What can be written for a setting.
public indirect enum SettingSchema: Sendable {
  /// One value, described as after "must be": "a whole number".
  case value(String)
  /// A list of such values.
  case list(of: SettingSchema)
  /// A table of keys.
  case table(any Settings.Type)
  /// One of several kinds, each with keys of its own: `{kind: {key: value}}`, or `kind` alone for its defaults.
  case choice([any SettingKind.Type])
  /// Tables by names that are not known beforehand.
  case dictionary(of: any Settings.Type)
}

/// A setting that cannot be.
public struct SettingError: ReportableError, Equatable {
  /// The path of the key.
  public let key: String
  /// What is wrong with its value, and what would be right.
  public let reason: String

  /// An error of a key.
  public init(key: String, reason: String) {
    self.key = key
    self.reason = reason
  }

  /// `ExitCode.usage`.
  public var exitCode: Int32 { ExitCode.usage }
  /// The key and the reason.
  public var description: String { key.isEmpty ? reason : "\(key): \(reason)" }

  /// The same error, seen from above a key.
  func below(_ name: String) -> SettingError {
    SettingError(key: key.isEmpty ? name : "\(name).\(key)", reason: reason)
  }
}

/// Throws unless a condition holds of a setting.
/// - Throws: ``SettingError``.
public func require(_ key: String, _ condition: Bool, _ reason: @autoclosure () -> String)
  throws(SettingError)
{
  if !condition { throw SettingError(key: key, reason: reason()) }
}

extension Int: SettingValue {
  /// A whole number.
  public static var schema: SettingSchema { .value(typeText) }
  /// What messages call a whole number.
  package static let typeText = "a whole number"
}
extension Double: SettingValue {
  /// A number.
  public static var schema: SettingSchema { .value(typeText) }
  /// What messages call a number.
  package static let typeText = "a number"
}
extension Bool: SettingValue {
  /// True or false.
  public static var schema: SettingSchema { .value("true or false") }
}
extension String: SettingValue {
  /// Any text.
  public static var schema: SettingSchema { .value("a text") }
}

extension Optional: SettingValue where Wrapped: SettingValue {
  /// That of the value.
  public static var schema: SettingSchema { Wrapped.schema }
  /// A missing value is allowed.
  public static var isOptional: Bool { true }
  /// Checks the value, if there is one.
  public func check() throws(SettingError) { try self?.check() }
}

extension Array: SettingValue where Element: SettingValue {
  /// A list of elements.
  public static var schema: SettingSchema { .list(of: Element.schema) }
  /// Checks every element.
  public func check() throws(SettingError) {
    for (index, element) in enumerated() {
      do throws(SettingError) { try element.check() } catch { throw error.below("\(index)") }
    }
  }
}

extension Dictionary: SettingValue where Key == String, Value: Settings {
  /// Tables by name.
  public static var schema: SettingSchema { .dictionary(of: Value.self) }
  /// Checks every table.
  public func check() throws(SettingError) {
    for (name, value) in sorted(by: { $0.key < $1.key }) {
      do throws(SettingError) { try value.check() } catch { throw error.below(name) }
    }
  }
}

extension NamedChoice {
  /// One of the names.
  public static var schema: SettingSchema {
    .value("one of \(allCases.map(\.rawValue).joined(separator: ", "))")
  }
}

extension NamedValue {
  /// One of the names.
  public static var schema: SettingSchema { .value("one of \(names)") }
}
