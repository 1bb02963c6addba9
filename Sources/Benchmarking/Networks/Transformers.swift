import DirectFeedback
import Foundation

/// The language model of the 2020 paper (section 3.3) on sequences of 128 tokens, without dropout: the same
/// network with feedback after every layer (micro) or every block (macro).
extension BenchmarkNetwork {
  /// Feedback after each layer of a block.
  static let microTransformer = transformer("transformer-micro", level: .layer)
  /// Feedback after each block.
  static let macroTransformer = transformer("transformer-macro", level: .block)

  private static func transformer(_ name: String, level: FeedbackPoint.Level) -> BenchmarkNetwork {
    BenchmarkNetwork(
      name, "6 blocks of 512, 8 heads, 32000 tokens, with feedback after each \(level.rawValue)", batch: 8,
      optimizer: OptimizerConfiguration(Adam(epsilon: 1e-9), learningRate: 5e-5),
      feedback: FeedbackConfiguration(level: level)
    ) { scope, data in
      let network = LanguageModel(scope)
      let tokens = data.classes(LanguageModel.tokens, LanguageModel.length)
      let targets = data.classes(LanguageModel.tokens, LanguageModel.length).reshaped([-1])
      return { network(tokens, $0).reshaped([-1, LanguageModel.tokens]).crossEntropy(targets) }
    }
  }
}

/// Embedded tokens with sinusoidal positions, causal blocks and a decoder.
///
/// **Shape** `[B, T]` of `int64` to logits `[B, T, tokens]`. The error is read below the decoder, as in the
/// published code, so that a feedback matrix is 512 wide and not 32 000.
struct LanguageModel {
  static let tokens = 32_000
  static let length = 128
  private static let width = 512

  private let embedding: Embedding
  private let positions: Tensor
  private let blocks: [TransformerBlock]
  private let output: FeedbackOutput
  private let decoder: Linear

  init(_ scope: Scope) {
    let output = FeedbackOutput(scope / "output", rowDimensions: 2)
    embedding = Embedding(
      scope / "embedding", LanguageModel.tokens, LanguageModel.width, initializer: .uniform(bound: 0.1))
    blocks = (1...6).map { TransformerBlock(scope / "block\($0)", LanguageModel.width, of: output) }
    decoder = Linear(
      scope / "decoder", LanguageModel.width, LanguageModel.tokens, initializer: .uniform(bound: 0.1))
    positions = LanguageModel.sinusoids.to(embedding.weight.tensor.device)
    self.output = output
  }

  func callAsFunction(_ tokens: Tensor, _ pass: Pass) -> Tensor {
    let x = embedding(tokens) * Double(LanguageModel.width).squareRoot() + positions
    return decoder(output(blocks.reduce(x) { $1($0, pass) }, pass), pass)
  }

  /// sin and cos of t / 10000^(2i / width) in turn (Vaswani et al. 2017, section 3.5).
  private static var sinusoids: Tensor {
    let values = (0..<length).flatMap { time in
      (0..<width).map { column in
        let angle = Double(time) / pow(10_000, Double(column / 2 * 2) / Double(width))
        return Float(column % 2 == 0 ? sin(angle) : cos(angle))
      }
    }
    return Tensor(values, shape: [length, width])
  }
}

/// Attention and a perceptron, each added to its input and then normalised.
private struct TransformerBlock {
  let attention: MultiHeadAttention
  let linear1, linear2: Linear
  let norm1, norm2: LayerNorm
  let attended, widened, end: FeedbackPoint

  init(_ scope: Scope, _ width: Int, of output: FeedbackOutput) {
    attention = MultiHeadAttention(scope / "attention", width, heads: 8, isCausal: true)
    norm1 = LayerNorm(scope / "norm1", width)
    linear1 = Linear(scope / "linear1", width, 4 * width)
    linear2 = Linear(scope / "linear2", 4 * width, width)
    norm2 = LayerNorm(scope / "norm2", width)
    attended = FeedbackPoint(scope / "norm1", of: output)
    widened = FeedbackPoint(scope / "linear1", of: output)
    end = FeedbackPoint(scope / "norm2", of: output, level: .block)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let h = attended(norm1(x + attention(x, pass), pass), pass)
    return end(norm2(h + linear2(widened(linear1(h, pass).relu(), pass), pass), pass), pass)
  }
}
