import Networks

/// A token for each of the 256 bytes, so that any text has tokens.
public struct ByteTokens: TokenizerSettings {
  /// `bytes`
  public static let name = "bytes"
  /// What it is.
  public static let summary = "a token for each of the 256 bytes"
  /// No keys.
  public static let keys: [SettingKey<Self>] = []

  /// The settings.
  public init() {}

  /// The tokenizer.
  public func tokenizer(for parts: TextParts) -> any Tokenizer { ByteTokenizer() }
  /// The tokenizer.
  public static func tokenizer(of file: [UInt8]) -> (any Tokenizer)? { ByteTokenizer() }
}

/// Bytes as their own numbers.
struct ByteTokenizer: Tokenizer {
  var size: Int { 256 }
  var unknown: Int? { nil }
  func tokens(of lines: [String]) -> [[Int]] { lines.map { $0.utf8.map(Int.init) } }
  func bytes(of token: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: token)] }
  var file: [UInt8] { [] }
}
