import Datasets
import FeedbackAlignment
import Foundation
import LanguageModeling
import Networks
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Language models") struct LanguageModelTaskTests {
  @Test("The task keeps what tasks must keep", .needsData(DatasetCatalog.tinyShakespeare)) func conforms()
    throws
  {
    #expect(try checkTask(LanguageModelTask.self) == [])
  }

  @Test("Every preset, for every method, passes through annotated YAML and JSON") func files() throws {
    #expect(try checkPresets(of: LanguageModeling.family) == [])
  }

  private func configuration(_ text: TextSelection) -> LanguageModelConfiguration {
    var configuration = LanguageModelConfiguration()
    configuration.text = text
    configuration.tokens = TokenizerChoice(CharacterTokens())
    (configuration.length, configuration.order) = (8, .drawn)
    (configuration.model.width, configuration.model.hidden) = (16, 32)
    (configuration.model.depth, configuration.model.heads, configuration.model.dropout) = (1, 2, 0)
    configuration.training = TrainingConfiguration(steps: 4, batchSize: 4, evaluateEvery: .steps(4))
    configuration.optimizer.learningRate = 1e-2
    return configuration
  }

  private func task(_ toy: ToyTexts, _ configuration: LanguageModelConfiguration) throws -> LanguageModelTask
  {
    try LanguageModelTask(
      configuration, TaskEnvironment(seed: 0, device: .cpu, datasets: toy.store))
  }

  @Test("Every token but the first is told once, and what is per word and character follows")
  func evaluation() throws {
    let toy = try ToyTexts()
    let task = try task(toy, configuration(toy.text(ToyTexts.sentences(60))))
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 0))
    let values = try task.evaluate(.validation, pass)
    let tokens = task.text[.validation]
    let numbers = try tokens.stretches(at: [0], length: tokens.count).scalars(Int64.self)
    var sum = 0.0
    for start in stride(from: 0, to: numbers.count - 1, by: 8) {
      let stretch = numbers[start..<min(start + 9, numbers.count)]
      func row(_ numbers: ArraySlice<Int64>) -> Tensor { Tensor(Array(numbers), shape: [1, numbers.count]) }
      let batch = TokenBatch(tokens: row(stretch.dropLast()), targets: row(stretch.dropFirst()))
      sum += task.loss(batch, pass).item * Double(stretch.count - 1)
    }
    let loss = sum / Double(numbers.count - 1)
    #expect(abs(try #require(values[.loss]) - loss) < 1e-5)
    #expect(abs(log(try #require(values[.perplexity])) - loss) < 1e-5)
    let counts = task.text.counts(.validation)
    #expect(counts.characters == numbers.count)
    #expect(abs(try #require(values[.bitsPerCharacter]) * log(2) - loss) < 1e-5)
    let perWord = loss * Double(numbers.count) / Double(counts.words)
    #expect(abs(log(try #require(values[.wordPerplexity])) - perWord) < 1e-4)
  }

  @Test("Texts that are too short for what is asked are refused with the greatest that can be")
  func refusals() throws {
    let toy = try ToyTexts()
    let text = try toy.text(ToyTexts.sentences(10))
    func message(_ change: (inout LanguageModelConfiguration) -> Void) -> String {
      var configuration = configuration(text)
      change(&configuration)
      do {
        _ = try task(toy, configuration)
        return "none"
      } catch { return "\(error)" }
    }
    #expect(
      message { $0.length = 5_000 }.firstMatch(of: /^length: must be at most \d+: the text has \d+ tokens/)
        != nil)
    #expect(
      message { ($0.order, $0.training.batchSize) = (.columns, 5_000) }
        .firstMatch(of: /^training.batchSize: must be at most \d+: the text has \d+ tokens/) != nil)
    #expect(message { $0.order = .columns } == "none")
    let line = try toy.text("one line without an end that is long enough", named: "line.txt")
    #expect(message { $0.text = line } == "none")
  }

  @Test("A run writes on without its text; equal seeds write the same") func generation() throws {
    let toy = try ToyTexts()
    let text = try toy.text(ToyTexts.sentences(60))
    let folder = RunFolder(toy.folder.file("run"))
    let experiment = try Experiment<LanguageModelTask>(
      preset: "debug",
      assignments: [
        "text=\(text)", "tokens={bytePairs: {size: 60}}", "training.steps=2",
        "training.evaluateEvery=2 steps",
      ],
      device: .cpu, datasets: toy.store)
    _ = try FolderTraining(experiment, method: .dfa, seed: 0, in: folder).train()
    try FileManager.default.removeItem(at: toy.folder.file("text.txt"))
    let generator = try TextGenerator(folder, weights: .last, device: .cpu)
    func written(_ prompt: String, seed: UInt64, temperature: Double = 1) throws -> String {
      var bytes: [UInt8] = []
      try generator.write(after: prompt, count: 60, TokenSampling(temperature: temperature), seed: seed) {
        bytes += $0
        return true
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    let first = try written("the cat\nsat", seed: 1)
    #expect(first.hasPrefix("the cat\nsat") && first.count > 60)
    #expect(try written("the cat\nsat", seed: 1) == first)
    #expect(try written("the cat\nsat", seed: 2) != first)
    #expect(try written("", seed: 1, temperature: 0) == written("", seed: 2, temperature: 0))
    #expect(throws: ConfigurationError.self) { try written("日", seed: 0) }
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("tokenizer"))
    #expect(throws: RunError.self) { try TextGenerator(folder, weights: .last, device: .cpu) }
  }

  @Test("Tokens are drawn as probable as they are, of the most probable ones, or are the most probable")
  func sampling() {
    let logits = [log(0.5), log(0.2), log(0.3)].map { Float($0) }
    let draws = (0..<1_000).map { (Double($0) + 0.5) / 1_000 }
    func counts(_ sampling: TokenSampling) -> [Int] {
      draws.reduce(into: [0, 0, 0]) { $0[sampling.token(logits, draw: $1)] += 1 }
    }
    #expect(counts(TokenSampling()) == [500, 200, 300])
    #expect(counts(TokenSampling(count: 2)) == [625, 0, 375])
    #expect(counts(TokenSampling(temperature: 0)) == [1_000, 0, 0])
    let sharp = counts(TokenSampling(temperature: 0.5))
    #expect(sharp == [658, 105, 237])
  }
}
