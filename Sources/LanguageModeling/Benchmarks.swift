import FeedbackAlignment
import Networks
import Torch
import Training

/// The language model of the 2020 paper (section 3.4) on sequences of 128 tokens, without dropout: the same network with feedback after every
/// layer (micro) or every block (macro).
extension LanguageModeling {
  /// Feedback after each layer of a block, and after each block.
  static let benchmarks = [
    benchmark("transformer-micro", level: .layer), benchmark("transformer-macro", level: .block),
  ]

  private static func benchmark(_ name: String, level: FeedbackPoint.Level) -> BenchmarkNetwork {
    let (vocabulary, length) = (32_000, 128)
    return BenchmarkNetwork(
      name, "6 blocks of 512, 8 heads, \(vocabulary) tokens, with feedback after each \(level.rawValue)",
      batch: 8,
      optimizer: OptimizerConfiguration(Adam(epsilon: 1e-9), learningRate: 5e-5),
      feedback: FeedbackConfiguration(level: level)
    ) { scope, data in
      var settings = TransformerLanguageModel.Settings()
      settings.dropout = 0
      let network = TransformerLanguageModel(scope, settings, vocabulary: vocabulary, length: length)
      let tokens = data.classes(vocabulary, length)
      let targets = data.classes(vocabulary, length).reshaped([-1])
      return { network(tokens, $0).reshaped([-1, vocabulary]).crossEntropy(targets) }
    }
  }
}
