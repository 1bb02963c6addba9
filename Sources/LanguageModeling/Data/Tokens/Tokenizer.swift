import Networks

/// Makes tokens of text, and text of tokens.
public protocol Tokenizer: Sendable {
  /// The number of different tokens.
  var size: Int { get }

  /// What stands for every character that no token does; nil where there are none. It need not be among the ``size`` tokens of a text
  /// that has none.
  var unknown: Int? { get }

  /// The tokens of lines, each with its end where it has one.
  /// - Throws: `DataError` where a program that makes them fails.
  func tokens(of lines: [String]) throws -> [[Int]]

  /// The bytes that a token stands for.
  func bytes(of token: Int) -> [UInt8]

  /// What a file holds of the tokenizer.
  var file: [UInt8] { get }
}

/// What makes tokens of text, as a setting.
public protocol TokenizerSettings: SettingKind {
  /// A tokenizer for a text.
  /// - Parameter parts: The text. What tokens there are is decided by its training part.
  /// - Throws: `ConfigurationError` where the settings do not suit the text, `DataError` for text that is not UTF-8.
  func tokenizer(for parts: TextParts) throws -> any Tokenizer

  /// The tokenizer of a file; nil where it does not hold one.
  static func tokenizer(of file: [UInt8]) -> (any Tokenizer)?
}

/// A tokenizer's settings, as a setting: `{bytePairs: {size: 4000}}`.
public struct TokenizerChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [
    CharacterTokens.self, ByteTokens.self, BytePairTokens.self,
  ]
  /// The settings.
  public let settings: any TokenizerSettings

  /// These settings.
  public init(_ settings: any TokenizerSettings) { self.settings = settings }
  /// These settings; nil where they are not of a tokenizer.
  public init?(_ kind: any SettingKind) {
    guard let settings = kind as? any TokenizerSettings else { return nil }
    self.settings = settings
  }
  /// The settings.
  public var kind: any SettingKind { settings }
}
