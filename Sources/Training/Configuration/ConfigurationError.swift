import Basics
import Datasets
import Networks

/// A configuration or a choice that means nothing.
public enum ConfigurationError: ReportableError, Equatable {
  /// There is no such name of this kind (task, preset, method, ...).
  case unknown(kind: String, name: String, nearest: String?, known: [String])
  /// The value of a key has the wrong type or is out of range.
  case value(key: String, reason: String)
  /// There is no such key here, but there are keys of this name elsewhere.
  case elsewhere(key: String, places: [String])
  /// A file that is not a configuration.
  case malformed(source: String, reason: String)
  /// A run or search that differs from the one that it should continue, and the first key that does.
  case differs(what: String, folder: String, key: String, stored: String, asked: String)

  /// A run or search that differs from the one in a folder.
  static func differs(_ what: String, in folder: String, _ difference: FirstDifference) -> ConfigurationError
  {
    .differs(
      what: what, folder: folder, key: difference.key, stored: difference.stored, asked: difference.asked)
  }

  /// There is no such name among those known; names the nearest.
  package static func unknown(_ kind: String, _ name: String, among known: [String]) -> ConfigurationError {
    .unknown(kind: kind, name: name, nearest: nearest(to: name, among: known), known: known)
  }

  /// A setting that cannot be.
  package init(_ error: SettingError) { self = .value(key: error.key, reason: error.reason) }

  /// `ExitCode.usage`.
  public var exitCode: Int32 { ExitCode.usage }

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unknown(let kind, let name, let nearest?, _):
      "unknown \(kind) '\(name)'; did you mean '\(nearest)'?"
    case .unknown(let kind, let name, nil, let known):
      "unknown \(kind) '\(name)'; there \(known.count == 1 ? "is" : "are") \(known.joined(separator: ", "))"
    case .elsewhere(let key, let places):
      "unknown key '\(key)'; did you mean \(places.joined(separator: " or "))?"
    case .value(let key, let reason): "\(key): \(reason)"
    case .malformed(let source, let reason): "\(source): \(reason)"
    case .differs(let what, let folder, let key, let stored, let asked):
      "\(folder) holds another \(what): \(key) is \(stored) there, and \(asked) now; repeat its options, or choose another --output"
    }
  }
}
