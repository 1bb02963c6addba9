import Datasets
import FeedbackAlignment
import Foundation
import Networks
import Torch
import Training

/// A language model: which token comes next.
///
/// A part of the text is evaluated in stretches that follow each other, of which each knows nothing of those before, so that every
/// token but the first is told once from those before it in its stretch.
///
/// **Source** Launay et al. 2020, section 3.4, table 5.
public final class LanguageModelTask: TrainingTask {
  /// `language`
  public static let name = "language"
  /// What the task is.
  public static let summary =
    "tell the next token of a text (WikiText, tiny Shakespeare, your own) by a Transformer"
  /// The configurations with a name.
  public static let presets = LanguageModelConfiguration.presets
  /// The perplexity of a token, which selects weights; the loss that it is the exponential of; and what compares between vocabularies.
  public static let metrics = [Metric.perplexity, .loss, .wordPerplexity, .bitsPerCharacter]

  /// `tokens`
  public static let sampleWord: String? = "tokens"

  /// The data set of a name.
  public static func datasets(_ configuration: LanguageModelConfiguration) -> [Dataset] {
    configuration.text.datasets
  }

  /// That of the files of the text.
  public static func dataDigest(
    _ configuration: LanguageModelConfiguration, in datasets: DatasetStore
  ) throws -> String { try TokenizedText.digest(of: configuration.text.parts(in: datasets), in: datasets) }

  /// The network's parameters.
  public let store: ParameterStore
  /// The text.
  public let text: TokenizedText

  private let loader: TokenLoader
  private let network: TransformerLanguageModel
  private let length, rows: Int

  /// Makes tokens of the text, or finds them made, and makes the network.
  /// - Throws: What ``TokenizedText`` throws; `ConfigurationError` where the text is too short for a stretch of tokens.
  public init(_ configuration: LanguageModelConfiguration, _ environment: TaskEnvironment) throws {
    text = try TokenizedText(configuration.text, configuration.tokens, in: environment.datasets)
    length = configuration.length
    rows = configuration.training.batchSize ?? 1
    for split in Split.allCases where text[split].count < 2 {
      throw ConfigurationError.value(
        key: "text", reason: "has \(text[split].count) tokens for \(split.rawValue), of at least 2")
    }
    let tokens = text[.training]
    let (key, value, most) =
      configuration.order == .columns
      ? ("training.batchSize", rows, tokens.count / 2) : ("length", length, tokens.count - 1)
    guard value <= most else {
      throw ConfigurationError.value(
        key: key, reason: "must be at most \(most): the text has \(tokens.count) tokens to learn from")
    }
    loader = TokenLoader(tokens, configuration.order, rows: rows, length: length, seed: environment.seed)
    store = environment.parameterStore()
    network = TransformerLanguageModel(
      store.root, configuration.model, vocabulary: text.tokenizer.size, length: length)
  }

  /// What made the tokens.
  public var keptFiles: [String: [UInt8]] { [Self.tokenizerFile: text.tokenizer.file] }

  /// The name of the file of what made the tokens.
  static let tokenizerFile = "tokenizer"

  /// Steps in an epoch.
  public var stepsPerEpoch: Int? { loader.stepsPerEpoch }

  /// The stretches of a step.
  public func batch(_ step: Int) throws -> TokenBatch { try loader.batch(step).to(store.device) }

  /// The tokens.
  public func sampleCount(of batch: TokenBatch) -> Int { batch.targets.count }

  /// Parts of the stretches.
  public func microBatches(of batch: TokenBatch, count: Int) -> [MicroBatch<TokenBatch>] {
    batch.parts(count)
  }

  /// The mean cross-entropy of a token, in nats.
  public func loss(_ batch: TokenBatch, _ pass: Pass) -> Tensor {
    let logits = network(batch.tokens, pass)
    return logits.reshaped([-1, logits.shape[2]]).crossEntropy(batch.targets.reshaped([-1]))
  }

  /// The perplexity and its kin on a part of the text; nothing for the one that is learned from.
  /// - Throws: `FileError` for a damaged file of tokens.
  public func evaluate(_ split: Split, _ pass: Pass) throws -> [Metric: Double] {
    guard split != .training else { return [:] }
    let (tokens, counts) = (text[split], text.counts(split))
    var sum = 0.0
    func add(_ starts: [Int], _ length: Int) throws {
      let batch = try TokenBatch(tokens.stretches(at: starts, length: length + 1)).to(store.device)
      sum += self.loss(batch, pass).item * Double(starts.count * length)
    }
    let told = tokens.count - 1
    let starts = Array(stride(from: 0, through: told - length, by: length))
    for first in stride(from: 0, to: starts.count, by: rows) {
      try add(Array(starts[first..<min(first + rows, starts.count)]), length)
    }
    let rest = told % length
    if rest > 0 { try add([told - rest], rest) }
    // The text has a token more than are told.
    let (loss, whole) = (sum / Double(told), sum * Double(tokens.count) / Double(told))
    return [
      .perplexity: exp(loss), .loss: loss, .wordPerplexity: exp(whole / Double(max(counts.words, 1))),
      .bitsPerCharacter: whole / Double(max(counts.characters, 1)) / log(2),
    ]
  }

  /// The first stretches of the validation text.
  public func alignmentBatch() throws -> TokenBatch { try firstStretches(of: .validation, atMost: rows) }

  private func firstStretches(of split: Split, atMost limit: Int) throws -> TokenBatch {
    let tokens = text[split]
    let length = min(length, tokens.count - 1)
    let starts = (0..<min(limit, (tokens.count - 1) / length)).map { $0 * length }
    return try TokenBatch(tokens.stretches(at: starts, length: length + 1)).to(store.device)
  }
}

extension LanguageModelTask: PredictingTask {
  /// The first stretches of the test text: `tokens`, `targets` and `logits`.
  public func predictions(_ pass: Pass) throws -> [String: Tensor] {
    let batch = try firstStretches(of: .test, atMost: 4)
    return ["tokens": batch.tokens, "targets": batch.targets, "logits": network(batch.tokens, pass)]
  }
}
