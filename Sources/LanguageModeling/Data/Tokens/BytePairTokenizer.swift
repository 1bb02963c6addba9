import CSentencePiece
import Foundation
import Training

/// A byte-pair encoding of SentencePiece.
final class BytePairTokenizer: Tokenizer {
  /// Of all characters of the training text the most frequent that make up this share have tokens of their own; the others are unknown.
  private static let coverage = 0.9995
  /// The unknown piece, and the end of a line. WikiText has `<unk>` in its text, which is a token of its own.
  private static let (unknown, lineEnd, wikiUnknown) = ("<unknown>", "<line>", "<unk>")
  private static let lineEndNumber = 1

  private nonisolated(unsafe) let model: OpaquePointer
  private let isLowercased: Bool
  private let texts: [[UInt8]]

  /// Opens a model; nil where the bytes are none.
  init?(model bytes: [UInt8], isLowercased: Bool) {
    var message: UnsafeMutablePointer<CChar>?
    defer { free(message) }
    guard let model = csentencepiece_open(bytes, bytes.count, &message) else { return nil }
    (self.model, self.isLowercased) = (model, isLowercased)
    texts = Self.texts(of: model)
  }

  /// Trains a model.
  init(training part: TextPart, _ settings: BytePairTokens) throws {
    isLowercased = settings.isLowercased
    var text = ""
    try part.forEachLine { text += settings.isLowercased ? $0.lowercased() : $0 }
    var options = [
      "model_type": "bpe", "vocab_size": "\(settings.size)", "character_coverage": "\(Self.coverage)",
      "normalization_rule_name": "identity", "remove_extra_whitespaces": "false", "add_dummy_prefix": "false",
      "max_sentence_length": "1073741824", "unk_id": "0", "unk_piece": Self.unknown,
      "eos_id": "\(Self.lineEndNumber)", "eos_piece": Self.lineEnd, "bos_id": "-1", "pad_id": "-1",
      "minloglevel": "2", "num_threads": "1",
    ]
    if text.contains(Self.wikiUnknown) { options["user_defined_symbols"] = Self.wikiUnknown }
    model = try Self.train(&text, options, size: settings.size)
    texts = Self.texts(of: model)
  }

  deinit { csentencepiece_close(model) }

  private static func train(_ text: inout String, _ options: [String: String], size: Int) throws
    -> OpaquePointer
  {
    var message: UnsafeMutablePointer<CChar>?
    defer { free(message) }
    let options = options.map { "\($0)=\($1)" }.sorted().joined(separator: " ")
    let model = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        csentencepiece_train(options, $0.baseAddress, $0.count, &message)
      }
    }
    if let model { return model }
    let reason = message.map { String(cString: $0) } ?? "of an unknown reason"
    throw ConfigurationError.value(
      key: "tokens.bytePairs.size", reason: Self.explanation(of: reason, size: size))
  }

  /// What a message of SentencePiece means for who chose the size.
  private static func explanation(of message: String, size: Int) -> String {
    if let most = message.firstMatch(of: /value <= (\d+)/)?.1 {
      return "must be at most \(most), as many tokens as this text supports, not \(size)"
    }
    if let least = message.firstMatch(of: /\d+ vs (\d+)/)?.1 {
      return "must be at least \(least), because this text has so many characters, not \(size)"
    }
    return "cannot be \(size): SentencePiece says \"\(message)\""
  }

  private static func texts(of model: OpaquePointer) -> [[UInt8]] {
    (0..<csentencepiece_size(model)).map { number in
      if number == lineEndNumber { return [UInt8(ascii: "\n")] }
      if number == csentencepiece_unknown(model) { return Array("\u{FFFD}".utf8) }
      return Array(
        String(cString: csentencepiece_piece(model, number)).replacing("\u{2581}", with: " ").utf8)
    }
  }

  var size: Int { texts.count }

  var unknown: Int? { csentencepiece_unknown(model) }

  func tokens(of line: String) -> [Int] {
    let isEnded = line.hasSuffix("\n")
    var text = isEnded ? String(line.unicodeScalars.dropLast()) : line
    if isLowercased { text = text.lowercased() }
    var count = 0
    let numbers = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        csentencepiece_encode(model, $0.baseAddress, $0.count, &count)
      }
    }
    defer { free(numbers) }
    let tokens = UnsafeBufferPointer(start: numbers, count: count).map { Int($0) }
    return isEnded ? tokens + [Self.lineEndNumber] : tokens
  }

  func bytes(of token: Int) -> [UInt8] { texts[token] }

  var file: [UInt8] {
    var count = 0
    let start = csentencepiece_bytes(model, &count)
    return [isLowercased ? 1 : 0] + UnsafeRawBufferPointer(start: start, count: count)
  }
}
