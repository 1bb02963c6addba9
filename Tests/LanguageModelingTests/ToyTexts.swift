import Datasets
import Foundation
import LanguageModeling
import Networks
import TestSupport
import Training

/// Texts for tests, and tokens of them in a folder of their own.
struct ToyTexts {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A store whose cache is in the folder.
  var store: DatasetStore { DatasetStore(environment: ["XDG_CACHE_HOME": folder.file("cache").path]) }

  /// A file with a text.
  func text(_ text: String, named name: String = "text.txt") throws -> TextSelection {
    .path(try folder.file(name, holding: text).path)
  }

  /// A folder with a text for each part.
  func text(training: String, validation: String, test: String) throws -> TextSelection {
    for (name, text) in [("train", training), ("valid", validation), ("test", test)] {
      try folder.file("parts/\(name).txt", holding: text)
    }
    return .path(folder.file("parts").path)
  }

  func tokens(_ text: TextSelection, _ settings: any TokenizerSettings) throws -> TokenizedText {
    try TokenizedText(text, TokenizerChoice(settings), in: store)
  }

  /// Sentences of a few words that are drawn by their number, and differ from line to line.
  static func sentences(_ count: Int) -> String {
    let words = ["the", "cat", "sat", "on", "a", "mat", "and", "looked", "at", "dogs"]
    return (0..<count).map { line in
      (0..<6).map { words[(line * 7 + $0 * $0 * 3 + line / 5) % words.count] }.joined(separator: " ") + " .\n"
    }.joined()
  }
}

/// The text of tokens.
func text(_ tokens: [Int], _ tokenizer: any Tokenizer) -> String {
  String(decoding: tokens.flatMap(tokenizer.bytes), as: UTF8.self)
}
