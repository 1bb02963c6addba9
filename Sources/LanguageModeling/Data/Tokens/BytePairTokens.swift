import Networks
import Training

/// Byte-pair encoding: the pairs of neighbouring tokens that are most frequent in the training text become tokens, beginning with
/// characters. Lines are encoded one by one, and each ends with a token of its own.
///
/// **Source** Sennrich et al. 2016; by SentencePiece (Kudo and Richardson 2018).
public struct BytePairTokens: TokenizerSettings {
  /// `bytePairs`
  public static let name = "bytePairs"
  /// What it is.
  public static let summary = "byte-pair encoding of the training text, by SentencePiece"

  /// How many tokens there are, the ends of lines and unknown characters included.
  public var size = 4_000
  /// Whether letters are made small before.
  public var isLowercased = false
  /// The most frequent characters that make up this share of the training text have tokens; the others are unknown.
  public var coverage = 0.9995

  /// 4,000 tokens.
  public init() {}
  /// So many tokens.
  public init(size: Int, isLowercased: Bool = false) { (self.size, self.isLowercased) = (size, isLowercased) }

  /// The keys in files.
  public static let keys = [
    SettingKey("size", \Self.size, "how many tokens there are", .within(16...1_000_000)),
    SettingKey("isLowercased", \Self.isLowercased, "whether letters are made small before"),
    SettingKey(
      "coverage", \Self.coverage,
      "the share of characters that have tokens, the most frequent ones; the others are unknown",
      .within(0.98...1)),
  ]

  /// A tokenizer that is trained on the training part.
  /// - Throws: `ConfigurationError` where the text supports fewer tokens, or has more characters, with the numbers.
  public func tokenizer(for parts: TextParts) throws -> any Tokenizer {
    try BytePairTokenizer(training: parts.training, self)
  }

  /// The tokenizer of a file.
  public static func tokenizer(of file: [UInt8]) -> (any Tokenizer)? {
    BytePairTokenizer(file: file)
  }
}
