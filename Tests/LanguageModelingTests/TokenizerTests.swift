import Foundation
import LanguageModeling
import Networks
import TestSupport
import Testing
import Training

@Suite("Tokens") struct TokenizerTests {
  @Test("A line comes back from its tokens, and a tokenizer from its file", arguments: [0, 1, 2])
  func roundTrip(_ kind: Int) throws {
    let settings: [any TokenizerSettings] = [CharacterTokens(), ByteTokens(), BytePairTokens(size: 60)]
    let toy = try ToyTexts()
    let tokenizer = try toy.tokens(toy.text(ToyTexts.sentences(200)), settings[kind]).tokenizer
    let again = try #require(type(of: settings[kind]).tokenizer(of: tokenizer.file))
    for line in ["the cat sat on  dogs .\n", " a mat", "\n", ""] {
      let tokens = try tokenizer.tokens(of: [line])[0]
      #expect(text(tokens, tokenizer) == line)
      #expect(try again.tokens(of: [line]) == [tokens] && again.size == tokenizer.size)
      #expect(tokens.allSatisfy { (0..<tokenizer.size).contains($0) })
    }
  }

  @Test("Characters are those of the training part, and one for others where there are some")
  func characters()
    throws
  {
    let toy = try ToyTexts()
    let same = try toy.tokens(toy.text(training: "abé\n", validation: "ba\n", test: "é\n"), CharacterTokens())
    #expect(same.tokenizer.size == 4)
    let other = try toy.tokens(toy.text(training: "ab\n", validation: "bc\n", test: "a\n"), CharacterTokens())
    #expect(other.tokenizer.size == 4)
    #expect(try other.tokenizer.tokens(of: ["cab\n"]) == [[3, 1, 2, 0]])
    #expect(other.tokenizer.unknown == 3)
  }

  @Test("Frequent pairs become one token, and a line has its end") func pairs() throws {
    let toy = try ToyTexts()
    let tokenizer = try toy.tokens(toy.text(ToyTexts.sentences(200)), BytePairTokens(size: 60)).tokenizer
    #expect(tokenizer.size == 60)
    let tokens = try tokenizer.tokens(of: ["looked", " mat\n", "日"])
    #expect(tokens[0].count == 1 && tokens[1].count == 2)
    #expect(tokens[2].contains(try #require(tokenizer.unknown)))
  }

  @Test("Small letters, and the word that WikiText has for rare ones") func lowercase() throws {
    let toy = try ToyTexts()
    let line = "The <unk> cat\n"
    let words = String(repeating: line, count: 40) + ToyTexts.sentences(40)
    let settings = BytePairTokens(size: 40, isLowercased: true)
    let tokenizer = try toy.tokens(toy.text(words), settings).tokenizer
    let tokens = try tokenizer.tokens(of: [line, "<unk>"])
    #expect(text(tokens[0], tokenizer) == line.lowercased())
    #expect(tokens[1].count == 1)
  }

  @Test("A vocabulary that the text does not support names the greatest and the least that it does")
  func limits() throws {
    let toy = try ToyTexts()
    let sentences = try toy.text(ToyTexts.sentences(200))
    func failure(_ size: Int) -> String {
      do {
        _ = try toy.tokens(sentences, BytePairTokens(size: size))
        return "none"
      } catch { return "\(error)" }
    }
    let large = failure(30_000)
    #expect(large.hasPrefix("tokens.bytePairs.size: must be at most "), "\(large)")
    let most = try #require(large.firstMatch(of: /at most (\d+)/).flatMap { Int($0.1) })
    #expect(try toy.tokens(sentences, BytePairTokens(size: most)).tokenizer.size == most)
    #expect(failure(16).hasPrefix("tokens.bytePairs.size: must be at least "))
  }

  @Test(
    "Rare characters that are not covered need no tokens, and are unknown",
    arguments: [(1.0, true), (0.98, false)])
  func coverage(_ share: Double, isKnown: Bool) throws {
    let toy = try ToyTexts()
    var settings = BytePairTokens(size: 40)
    settings.coverage = share
    let tokenizer = try toy.tokens(toy.text("z\n" + ToyTexts.sentences(200)), settings).tokenizer
    #expect(try tokenizer.tokens(of: ["z\n"])[0].contains(0) == !isKnown)
  }
}
