import LanguageModeling
import TestSupport
import Testing
import Torch
import Training

@Suite("Batches of tokens") struct TokenLoaderTests {
  /// The numbers 0 to 99, of which the first ninety are for training.
  private func numbers() throws -> TokenSequence {
    let toy = try ToyTexts()
    let text = String(String.UnicodeScalarView((0..<100).compactMap { Unicode.Scalar(0x100 + $0) }))
    return try toy.tokens(toy.text(text), CharacterTokens())[.training]
  }

  private func rows(_ tensor: Tensor) -> [[Int64]] {
    let (values, length) = (tensor.scalars(Int64.self), tensor.shape[1])
    return stride(from: 0, to: values.count, by: length).map { Array(values[$0..<$0 + length]) }
  }

  @Test("Columns come in stretches, the last of which may be short") func columns() throws {
    let loader = TokenLoader(try numbers(), .columns, rows: 4, length: 8, seed: 0)
    // Columns of 22 tokens, of which 21 are followed by another.
    #expect(loader.stepsPerEpoch == 3)
    let batches = try (0..<4).map(loader.batch)
    #expect(batches.map { $0.tokens.shape } == [[4, 8], [4, 8], [4, 5], [4, 8]])
    #expect(rows(batches[0].tokens)[1] == Array(22..<30))
    #expect(rows(batches[0].targets)[1] == Array(23..<31))
    #expect(rows(batches[2].targets)[3] == Array(66 + 17..<66 + 22))
    #expect(batches[3].tokens.equals(batches[0].tokens))
  }

  @Test("Drawn stretches are of the step and the seed alone, and reach the whole text") func drawn() throws {
    let numbers = try numbers()
    let loader = TokenLoader(numbers, .drawn, rows: 5, length: 6, seed: 3)
    #expect(loader.stepsPerEpoch == 3)
    let batch = try loader.batch(7)
    #expect(try loader.batch(7).tokens.equals(batch.tokens))
    #expect(try !loader.batch(8).tokens.equals(batch.tokens))
    #expect(
      try !TokenLoader(numbers, .drawn, rows: 5, length: 6, seed: 4).batch(7).tokens.equals(batch.tokens))
    let seen = try (0..<200).flatMap { rows(try loader.batch($0).targets) }
    #expect(seen.allSatisfy { $0 == Array($0[0]..<$0[0] + 6) })
    #expect(Set(seen.map { $0[0] }) == Set(1...84))
  }
}
