import Foundation
import Networks
import Training

/// A token for each character of the training text, as a code point of Unicode; and one for all others where the rest of the text has some.
public struct CharacterTokens: TokenizerSettings {
  /// `characters`
  public static let name = "characters"
  /// What it is.
  public static let summary = "a token for each character of the training text"
  /// No keys.
  public static let keys: [SettingKey<Self>] = []

  /// The settings.
  public init() {}

  /// A tokenizer for a text.
  public func tokenizer(for parts: TextParts) throws -> any Tokenizer {
    func characters(_ part: TextPart) throws -> Set<Unicode.Scalar> {
      var characters: Set<Unicode.Scalar> = []
      try part.forEachLine { characters.formUnion($0.unicodeScalars) }
      return characters
    }
    let known = try characters(parts.training)
    let others = try characters(parts.validation).union(characters(parts.test))
    return CharacterTokenizer(known.sorted(), hasUnknown: !others.isSubset(of: known))
  }

  /// The tokenizer of a file.
  public static func tokenizer(of file: [UInt8]) -> (any Tokenizer)? {
    guard let text = String(validating: file, as: UTF8.self), let mark = text.unicodeScalars.last else {
      return nil
    }
    return CharacterTokenizer(Array(text.unicodeScalars.dropLast()), hasUnknown: mark == "?")
  }
}

/// Characters by their number.
struct CharacterTokenizer: Tokenizer {
  private let characters: [Unicode.Scalar]
  private let numbers: [Unicode.Scalar: Int]
  private let hasUnknown: Bool

  init(_ characters: [Unicode.Scalar], hasUnknown: Bool) {
    (self.characters, self.hasUnknown) = (characters, hasUnknown)
    numbers = Dictionary(zip(characters, 0...)) { first, _ in first }
  }

  var size: Int { characters.count + (hasUnknown ? 1 : 0) }

  var unknown: Int? { characters.count }

  func tokens(of lines: [String]) -> [[Int]] {
    lines.map { $0.unicodeScalars.map { numbers[$0] ?? characters.count } }
  }

  func bytes(of token: Int) -> [UInt8] {
    Array(String(token < characters.count ? characters[token] : "\u{FFFD}").utf8)
  }

  /// The characters, and a mark that says whether there is a token for others.
  var file: [UInt8] {
    var text = String.UnicodeScalarView(characters)
    text.append(hasUnknown ? "?" : ".")
    return Array(String(text).utf8)
  }
}
