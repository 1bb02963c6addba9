import Foundation
import Networks
import Torch
import Training

/// Writes on from a beginning, by the network of a run; without the text that the run learned from.
public struct TextGenerator {
  private let tokenizer: any Tokenizer
  private let network: TransformerLanguageModel
  private let store: ParameterStore
  private let length: Int

  /// The network of a run of ``LanguageModelTask``.
  /// - Throws: `RunError`, `CheckpointError`.
  public init(_ run: RunFolder, weights: RunWeights, device: Device) throws {
    let record: RunRecord<LanguageModelConfiguration> = try run.record()
    let configuration = record.configuration
    let file = LanguageModelTask.tokenizerFile
    let settings = type(of: configuration.tokens.settings)
    guard let tokenizer = try settings.tokenizer(of: run.keptFile(file)) else {
      throw RunError.damaged(
        run.url.appendingPathComponent(file).path, "does not say how text becomes tokens")
    }
    store = ParameterStore(seed: record.run.seed, device: device)
    network = TransformerLanguageModel(
      store.root, configuration.model, vocabulary: tokenizer.size, length: configuration.length)
    (self.tokenizer, length) = (tokenizer, configuration.length)
    try run.load(weights, into: store, of: LanguageModelTask.self)
  }

  /// Writes tokens, each drawn after all before it, or as many of them as the network sees at once.
  /// - Parameters:
  ///   - prompt: The beginning; a new line where it is empty.
  ///   - count: How many tokens.
  ///   - sampling: How they are drawn.
  ///   - seed: What from.
  ///   - write: Takes the bytes of the prompt, and then of each token; false ends it. A character may be cut in two between tokens.
  /// - Throws: `ConfigurationError` where the prompt has a character that there is no token for.
  public func write(
    after prompt: String, count: Int, _ sampling: TokenSampling, seed: UInt64, _ write: ([UInt8]) -> Bool
  ) throws {
    var tokens = try self.tokens(of: prompt.isEmpty ? "\n" : prompt)
    guard write(Array(prompt.utf8)) else { return }
    let generator = RandomGenerator(seed: seed)
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 0, device: store.device))
    for _ in 0..<count {
      let seen = tokens.suffix(length)
      let logits = withoutGradient {
        network(Tensor(seen.map(Int64.init), shape: [1, seen.count]).to(store.device), pass)
          .selected(1, seen.count - 1).to(.float32).to(.cpu).scalars(Float.self)
      }
      let draw = generator.uniform([], dtype: .float64).item
      tokens.append(sampling.token(logits, draw: draw))
      if !write(tokenizer.bytes(of: tokens[tokens.count - 1])) { return }
    }
  }

  private func tokens(of prompt: String) throws -> [Int] {
    var lines = prompt.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) + "\n" }
    // What comes after the last end of a line has none.
    lines[lines.count - 1].removeLast()
    let tokens = try tokenizer.tokens(of: lines).flatMap(\.self)
    guard let unknown = tokenizer.unknown, tokens.contains(unknown) else { return tokens }
    let characters = try tokenizer.tokens(of: prompt.map { String($0) })
    let strange = zip(prompt, characters).first { $1.contains(unknown) }?.0
    throw ConfigurationError.value(
      key: "--prompt",
      reason: "has \(strange.map { "'\($0)'" } ?? "something") that is not in the text the run learned from")
  }
}
