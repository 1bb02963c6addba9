import Basics
import Datasets
import Foundation
import Training

/// A text as tokens, in files of a folder of the cache that are read where they lie.
///
/// `training.bin`, `validation.bin` and `test.bin` hold the numbers of tokens one after the other, as nanoGPT's do: in 16 bits, or in 32
/// where there are more than 65,536 different ones; little-endian. `tokenizer` is what they were made by, and `text.json`, which
/// is written last, how many there are.
public struct TokenizedText: Sendable {
  /// What tokens were made of, and how many there are.
  struct Summary: Codable {
    var version = 1
    let tokenizer: TokenizerChoice
    let size: Int
    let parts: [String: TextCounts]
  }

  /// What made the tokens.
  public let tokenizer: any Tokenizer
  private let counts: [String: TextCounts]
  private let tokens: [String: TokenSequence]

  /// The tokens of a part.
  public subscript(split: Split) -> TokenSequence {
    guard let sequence = tokens[split.rawValue] else { fatalError("TokenizedText: no part \(split)") }
    return sequence
  }

  /// How long a part is.
  public func counts(_ split: Split) -> TextCounts { counts[split.rawValue] ?? TextCounts() }

  /// Makes the tokens of a text, or finds that they are there.
  /// - Parameters:
  ///   - text: The text.
  ///   - settings: What makes tokens of it.
  ///   - store: Whose cache, or explicit folder, the tokens go to.
  /// - Throws: `DataError` for a text that cannot be read, what the tokenizer throws, `FileError` when files cannot be written.
  public init(_ text: TextSelection, _ settings: TokenizerChoice, in store: DatasetStore) throws {
    let parts = try text.parts(in: store)
    let identity = try readableJSON(settings) + Self.digest(of: parts, in: store)
    let key = Digest.sha256(of: Array(identity.utf8)).prefix(12)
    let folder = store.fetchRoot.appendingPathComponent("prepared")
      .appendingPathComponent("\(text.title)-\(settings)-\(key)")
    try OutputFolder.create(folder)
    // One process at a time makes the files; the others find them.
    let made = try FileLocks(folder.appendingPathComponent(".lock")).holding(0) {
      try Self.opened(folder) ?? TokenizedText(writing: parts, settings, to: folder)
    }
    guard let made else { throw FileError.unreadable(path: folder.path, reason: "it cannot be locked") }
    self = made
  }

  /// A digest of a text.
  static func digest(of parts: TextParts, in store: DatasetStore) throws -> String {
    try store.digest(of: parts.files, below: parts.training.url.deletingLastPathComponent())
  }

  private static func file(_ split: Split, in folder: URL) -> URL {
    folder.appendingPathComponent("\(split.rawValue).bin")
  }

  /// What is in a folder; nil where it is not whole.
  private static func opened(_ folder: URL) throws -> TokenizedText? {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("text.json")),
      let summary = try? JSONDecoder().decode(Summary.self, from: data), summary.version == 1,
      let file = try? Data(contentsOf: folder.appendingPathComponent("tokenizer")),
      let tokenizer = type(of: summary.tokenizer.settings).tokenizer(of: Array(file)),
      tokenizer.size == summary.size
    else { return nil }
    var tokens: [String: TokenSequence] = [:]
    for split in Split.allCases {
      guard let count = summary.parts[split.rawValue]?.tokens,
        let sequence = try? TokenSequence(
          Self.file(split, in: folder), count: count, vocabulary: summary.size)
      else { return nil }
      tokens[split.rawValue] = sequence
    }
    return TokenizedText(tokenizer: tokenizer, counts: summary.parts, tokens: tokens)
  }

  private init(tokenizer: any Tokenizer, counts: [String: TextCounts], tokens: [String: TokenSequence]) {
    (self.tokenizer, self.counts, self.tokens) = (tokenizer, counts, tokens)
  }

  private init(writing parts: TextParts, _ settings: TokenizerChoice, to folder: URL) throws {
    AtomicFile.removeAbandoned(in: folder)
    let tokenizer = try settings.settings.tokenizer(for: parts)
    var counts: [String: TextCounts] = [:]
    var tokens: [String: TokenSequence] = [:]
    for split in Split.allCases {
      let file = Self.file(split, in: folder)
      let count = try Self.write(parts[split], tokenizer, isBytes: settings.settings is ByteTokens, to: file)
      counts[split.rawValue] = count
      tokens[split.rawValue] = try TokenSequence(file, count: count.tokens, vocabulary: tokenizer.size)
    }
    try AtomicFile.write(Data(tokenizer.file), to: folder.appendingPathComponent("tokenizer"))
    let summary = Summary(tokenizer: settings, size: tokenizer.size, parts: counts)
    try AtomicFile.write(
      Data((readableJSON(summary) + "\n").utf8), to: folder.appendingPathComponent("text.json"))
    self.init(tokenizer: tokenizer, counts: counts, tokens: tokens)
  }

  /// How many lines a tokenizer is given at a time.
  private static let linesAtATime = 100_000

  /// Writes the tokens of a part.
  /// - Parameter isBytes: Whether tokens are bytes, which need not be text.
  private static func write(
    _ part: TextPart, _ tokenizer: any Tokenizer, isBytes: Bool, to url: URL
  ) throws -> TextCounts {
    var counts = TextCounts()
    var previous = UInt8(ascii: "\n")
    let writer = try TokenWriter(url, vocabulary: tokenizer.size)
    if isBytes {
      try part.forEachPiece { bytes in
        counts.add(bytes, after: &previous)
        try writer.append(bytes.lazy.map(Int.init))
      }
    } else {
      var lines: [String] = []
      func write() throws {
        for tokens in try tokenizer.tokens(of: lines) { try writer.append(tokens) }
        lines = []
      }
      try part.forEachLine { line in
        counts.add(line.utf8, after: &previous)
        lines.append(line)
        if lines.count == linesAtATime { try write() }
      }
      try write()
    }
    counts.tokens = try writer.finish()
    return counts
  }
}
