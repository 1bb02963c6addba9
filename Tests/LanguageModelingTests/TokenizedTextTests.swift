import Datasets
import Foundation
import LanguageModeling
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Texts as tokens") struct TokenizedTextTests {
  @Test("WikiText-2 has as many words as its authors say", .needsData(DatasetCatalog.wikiText2))
  func wikiText() throws {
    let folder = try TemporaryFolder()
    let roots = DatasetStore()
    let store = DatasetStore(
      environment: ["DFA_DATA": roots.roots[0].path, "XDG_CACHE_HOME": folder.url.path])
    let text = try TokenizedText(.name(.wikiText2), TokenizerChoice(ByteTokens()), in: store)
    #expect(Split.allCases.map { text.counts($0).words } == [2_088_628, 217_646, 245_569])
    #expect(text[.training].count == 10_797_148)
  }

  @Test("A file gives nine tenths and two twentieths, cut between characters") func division() throws {
    let toy = try ToyTexts()
    let parts = try TextParts(at: try toy.folder.file("t", holding: String(repeating: "é", count: 100)))
    #expect(
      [parts.training.range, parts.validation.range, parts.test.range] == [0..<180, 180..<190, 190..<200])
  }

  @Test("Words and characters are counted as WikiText counts them") func counts() throws {
    let toy = try ToyTexts()
    let text = try toy.text(training: " = é b =\n\nc  d", validation: "x", test: "y\n")
    for settings in [CharacterTokens(), ByteTokens()] as [any TokenizerSettings] {
      let counts = try toy.tokens(text, settings).counts(.training)
      #expect(counts.words == 8 && counts.characters == 14)
      #expect(counts.tokens == (settings is ByteTokens ? 15 : 14))
    }
  }

  @Test("Tokens lie in 16 bits each, little-endian, and are there for the next one") func layout() throws {
    let toy = try ToyTexts()
    let text = try toy.text(training: "ab\nb", validation: "a", test: "b")
    let tokens = try toy.tokens(text, CharacterTokens())
    #expect(try tokens[.training].stretches(at: [0, 2], length: 2).scalars(Int64.self) == [1, 2, 0, 2])
    let root = toy.folder.file("cache/dfa/prepared")
    let folder = try #require(
      try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil).first)
    let file = folder.appendingPathComponent("train.bin")
    #expect(try Data(contentsOf: file) == Data([1, 0, 2, 0, 0, 0, 2, 0]))
    func changed() throws -> Date? {
      try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
    }
    let first = try changed()
    _ = try toy.tokens(text, CharacterTokens())
    #expect(try changed() == first)
    // A file that is cut off is made again.
    try Data([1, 0]).write(to: file)
    #expect(try toy.tokens(text, CharacterTokens())[.training].count == 4)
    // A token that there is none of is noticed where it is read.
    try Data([1, 0, 2, 0, 9, 0, 2, 0]).write(to: file)
    #expect(throws: (any Error).self) {
      try toy.tokens(text, CharacterTokens())[.training].stretches(at: [0], length: 4)
    }
  }

  @Test("What cannot be read is named", arguments: [0, 1, 2, 3]) func faults(_ fault: Int) throws {
    let toy = try ToyTexts()
    let file = toy.folder.file("t.txt")
    func message(_ text: TextSelection) -> String {
      do {
        _ = try toy.tokens(text, CharacterTokens())
        return "none"
      } catch { return "\(error)" }
    }
    switch fault {
    case 0:
      try Data().write(to: file)
      #expect(message(.path(file.path)).contains("t.txt: is empty"))
    case 1:
      try Data([97, 10, 98, 0xFF, 99] + [UInt8](repeating: 97, count: 200)).write(to: file)
      #expect(message(.path(file.path)).contains("t.txt: byte 3: is not UTF-8"))
      #expect(try toy.tokens(.path(file.path), ByteTokens())[.training].count == 184)
    case 2:
      try Data("ab".utf8).write(to: file)
      #expect(message(.path(file.path)).contains("is too short"))
    default:
      try toy.folder.file("parts/train.txt", holding: "abc")
      #expect(message(.path(toy.folder.file("parts").path)).contains("has none of wiki.valid.tokens"))
    }
  }
}
