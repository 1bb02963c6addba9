import Basics
import Datasets
import Foundation
import Training

/// A byte-pair encoding of SentencePiece, by its programs.
///
/// They run in processes of their own: SentencePiece's library and LibTorch both have a variable `FLAGS_minloglevel`, of different
/// sizes, and in one process the one writes over the other's neighbours.
struct BytePairTokenizer: Tokenizer {
  /// The unknown piece, and the end of a line. WikiText has `<unk>` in its text, which is a token of its own.
  private static let (unknownPiece, lineEnd, wikiUnknown) = ("<unknown>", "<line>", "<unk>")
  private static let (unknownNumber, lineEndNumber) = (0, 1)

  /// The bytes of SentencePiece's model.
  private let model: Data
  private let pieces: [String]
  private let isLowercased: Bool

  /// Trains a model.
  /// - Throws: `ConfigurationError` where the text supports fewer tokens, or has more characters; `DataError`.
  init(training part: TextPart, _ settings: BytePairTokens) throws {
    isLowercased = settings.isLowercased
    (model, pieces) = try withTemporaryFolder { folder in
      var hasUnknown = false
      let text = folder.appendingPathComponent("text")
      try Self.write(to: text, isLowercased: settings.isLowercased) { write in
        try part.forEachLine { line in
          hasUnknown = hasUnknown || line.contains(Self.wikiUnknown)
          try write(line)
        }
      }
      let options =
        [
          "input": text.path, "model_prefix": "tokens", "model_type": "bpe", "vocab_size": "\(settings.size)",
          "character_coverage": "\(settings.coverage)", "normalization_rule_name": "identity",
          "remove_extra_whitespaces": "false", "add_dummy_prefix": "false",
          "max_sentence_length": "1073741824", "input_sentence_size": "2000000",
          "unk_id": "\(Self.unknownNumber)",
          "unk_piece": Self.unknownPiece,
          "eos_id": "\(Self.lineEndNumber)", "eos_piece": Self.lineEnd, "bos_id": "-1", "pad_id": "-1",
          "minloglevel": "2", "num_threads": "1",
        ].merging(hasUnknown ? ["user_defined_symbols": Self.wikiUnknown] : [:]) { $1 }
      do {
        try Self.run("spm_train", options, in: folder)
      } catch let failure as SourceFailure {
        throw ConfigurationError.value(
          key: "tokens.bytePairs.size", reason: Self.explanation(of: failure, size: settings.size))
      }
      let vocabulary = try String(contentsOf: folder.appendingPathComponent("tokens.vocab"), encoding: .utf8)
      let pieces = vocabulary.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
      return (try Data(contentsOf: folder.appendingPathComponent("tokens.model")), pieces)
    }
  }

  /// What a failure of training means for who chose the size.
  private static func explanation(of failure: SourceFailure, size: Int) -> String {
    if let most = failure.printed.firstMatch(of: /value <= (\d+)/)?.1 {
      return "must be at most \(most), as many tokens as this text supports, not \(size)"
    }
    if let least = failure.printed.firstMatch(of: /\d+ vs (\d+)/)?.1 {
      return "must be at least \(least), because this text has so many characters, not \(size), "
        + "or tokens.bytePairs.coverage smaller"
    }
    return "cannot be \(size): \(failure.reason)"
  }

  private static func run(_ program: String, _ options: [String: String], in folder: URL) throws {
    let environment = ProcessInfo.processInfo.environment
    guard let tool = try? CommandLineTool(program, environment: environment) else {
      throw DataError.unusable(
        path: program, reason: "is not installed",
        remedy: "install SentencePiece's programs (Debian's package sentencepiece), or choose other tokens")
    }
    try tool.run(options.map { "--\($0)=\($1)" }.sorted(), in: folder)
  }

  /// Writes lines to a file, each with an end.
  private static func write(
    to url: URL, isLowercased: Bool, _ forEachLine: (_ body: (String) throws -> Void) throws -> Void
  ) throws {
    let file = try OutputFile(url, exclusively: true)
    var text = Data()
    try forEachLine { line in
      text.append(contentsOf: (isLowercased ? line.lowercased() : line).utf8)
      if !line.hasSuffix("\n") { text.append(UInt8(ascii: "\n")) }
      guard text.count >= 1 << 20 else { return }
      try file.append(text)
      text.removeAll(keepingCapacity: true)
    }
    try file.append(text)
  }

  var size: Int { pieces.count }
  var unknown: Int? { Self.unknownNumber }

  func tokens(of lines: [String]) throws -> [[Int]] {
    try withTemporaryFolder { folder in
      try Self.write(to: folder.appendingPathComponent("text"), isLowercased: isLowercased) {
        try lines.forEach($0)
      }
      try model.write(to: folder.appendingPathComponent("tokens.model"))
      do {
        try Self.run(
          "spm_encode",
          [
            "model": "tokens.model", "output_format": "id", "input": "text", "output": "numbers",
            "minloglevel": "2",
          ],
          in: folder)
      } catch let failure as SourceFailure {
        throw DataError.unusable(
          path: "spm_encode", reason: failure.reason,
          remedy: "see that it is SentencePiece's, and train again")
      }
      let numbers = try String(contentsOf: folder.appendingPathComponent("numbers"), encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
      return zip(lines, numbers).map { line, numbers in
        numbers.split(separator: " ").compactMap { Int($0) }
          + (line.hasSuffix("\n") ? [Self.lineEndNumber] : [])
      }
    }
  }

  func bytes(of token: Int) -> [UInt8] {
    switch token {
    case Self.unknownNumber: Array("\u{FFFD}".utf8)
    case Self.lineEndNumber: [UInt8(ascii: "\n")]
    default: Array(pieces[token].replacing("\u{2581}", with: " ").utf8)
    }
  }
}

extension BytePairTokenizer {
  /// What a file holds: the pieces, and the model.
  private struct File: Codable {
    let isLowercased: Bool
    let pieces: [String]
    let model: Data
  }

  /// Reads a file; nil where it holds no such tokenizer.
  init?(file: [UInt8]) {
    guard let file = try? JSONDecoder().decode(File.self, from: Data(file)),
      file.pieces.count > Self.lineEndNumber
    else { return nil }
    (model, pieces, isLowercased) = (file.model, file.pieces, file.isLowercased)
  }

  var file: [UInt8] {
    // Nothing in it cannot be written as JSON.
    let data = try? JSONEncoder().encode(File(isLowercased: isLowercased, pieces: pieces, model: model))
    return Array(data ?? Data())
  }
}
