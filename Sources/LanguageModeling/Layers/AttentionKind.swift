import Networks
import Torch

/// How positions of a sequence see each other.
public enum AttentionKind: String, NamedChoice {
  /// Scaled products of queries and keys (Vaswani et al. 2017).
  case products
  /// Four fixed patterns, one for each head: a position itself, the one before, all before alike, and all before by the cube of how
  /// near they are (Raganato et al. 2020); only values are learned.
  case fixed
  /// A perceptron tells from a position alone how it sees each other one (Tay et al. 2021, dense Synthesizer).
  case denseSynthesizer
  /// How each position sees each other one is learned, and the same for all sequences (Tay et al. 2021, random Synthesizer).
  case randomSynthesizer

  /// The layer.
  /// - Parameters:
  ///   - length: The greatest number of positions.
  func layer(_ scope: Scope, width: Int, heads: Int, length: Int) -> any Layer {
    switch self {
    case .products: MultiHeadAttention(scope, width, heads: heads, isCausal: true)
    case .fixed: FixedPatternAttention(scope, width, heads: heads, length: length)
    case .denseSynthesizer: DenseSynthesizer(scope, width, heads: heads, length: length)
    case .randomSynthesizer: RandomSynthesizer(scope, width, heads: heads, length: length)
    }
  }
}
