import Basics
import Networks
import Torch

/// Which stretches of a text a step sees.
public enum TokenOrder: String, NamedChoice {
  /// Those at places drawn anew for each step, as in nanoGPT. An epoch is as many steps as it takes to see as many tokens as there are.
  case drawn
  /// The text is cut into as many columns as a batch has rows, and the columns into stretches, which come one after the other in
  /// every epoch, as in the published code of the 2020 paper. Nothing is carried from one to the next.
  case columns
}

/// The batches of the training part of a text.
package struct TokenLoader {
  private let tokens: TokenSequence
  private let order: TokenOrder
  private let rows, length: Int
  private let seed: UInt64

  /// - Parameters:
  ///   - tokens: The text.
  ///   - order: Which stretches a step sees.
  ///   - rows: How many a batch has.
  ///   - length: How long they are.
  ///   - seed: What places are drawn from.
  package init(_ tokens: TokenSequence, _ order: TokenOrder, rows: Int, length: Int, seed: UInt64) {
    (self.tokens, self.order, self.rows, self.length, self.seed) = (tokens, order, rows, length, seed)
  }

  /// How many tokens of a column are followed by another.
  private var columnLength: Int { tokens.count / rows - 1 }

  /// Steps in an epoch.
  package var stepsPerEpoch: Int {
    switch order {
    case .drawn: max(tokens.count / (rows * length), 1)
    case .columns: (columnLength + length - 1) / length
    }
  }

  /// The batch of a step.
  package func batch(_ step: Int) throws -> TokenBatch {
    switch order {
    case .drawn:
      let places = RandomGenerator(seed: derivedSeed(seed, "stretches/\(step)"))
        .uniform([rows], from: 0, to: Double(tokens.count - length), dtype: .float64)
      return try TokenBatch(
        tokens.stretches(at: places.scalars(Double.self).map { Int($0) }, length: length + 1))
    case .columns:
      let place = step % stepsPerEpoch * length
      let column = tokens.count / rows
      let starts = (0..<rows).map { $0 * column + place }
      return try TokenBatch(
        tokens.stretches(at: starts, length: min(length, columnLength - place) + 1))
    }
  }
}
