import Foundation
import Torch

/// How the next token is drawn from the probabilities of all.
public struct TokenSampling: Sendable {
  /// What logits are divided by: below 1 the probable becomes more probable, and at 0 only the most probable is left.
  public var temperature = 1.0
  /// Of how many of the most probable tokens one is drawn; all when nil.
  public var count: Int?

  /// Of all, as probable as they are.
  public init(temperature: Double = 1, count: Int? = nil) {
    (self.temperature, self.count) = (temperature, count)
  }

  /// A token.
  /// - Parameters:
  ///   - logits: Of each token.
  ///   - draw: A uniform number in [0, 1).
  package func token(_ logits: [Float], draw: Double) -> Int {
    let order = logits.indices.sorted {
      logits[$0] > logits[$1] || logits[$0] == logits[$1] && $0 < $1
    }
    guard temperature > 0 else { return order[0] }
    let kept = order.prefix(count ?? order.count)
    let weights = kept.map { exp(Double(logits[$0] - logits[order[0]]) / temperature) }
    var rest = draw * weights.reduce(0, +)
    for (token, weight) in zip(kept, weights) {
      rest -= weight
      if rest < 0 { return token }
    }
    return kept[kept.startIndex]
  }
}
