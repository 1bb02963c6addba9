import Basics
import Networks
import Torch

/// Attention of four heads that see in fixed ways: a position itself; the one before it; all up to it alike; and these by the cube
/// of how near they are. Only values are learned.
///
/// **Shape** `[B, T, features]` to the same
///
/// **Source** Raganato et al. 2020; with the four patterns of the published code of Launay et al. 2020.
public struct FixedPatternAttention: Layer {
  /// How many patterns there are.
  public static let patterns = 4

  private let mixed: MixedValues
  private let shares: Tensor

  /// A layer with the parameters of its values and its output.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: The width; a multiple of the heads.
  ///   - heads: ``patterns``.
  ///   - length: The greatest number of positions.
  public init(_ scope: Scope, _ features: Int, heads: Int, length: Int) {
    require(heads == Self.patterns, "fixed attention has \(Self.patterns) heads, not \(heads)")
    mixed = MixedValues(scope, features, heads: heads)
    let weights: [(Int, Int) -> Double] = [
      { $0 == $1 ? 1 : 0 }, { max($0 - 1, 0) == $1 ? 1 : 0 }, { _, _ in 1 },
      { _, column in Double((column + 1) * (column + 1) * (column + 1)) },
    ]
    let values = weights.flatMap { weight in
      (0..<length).flatMap { row in
        let line = (0..<length).map { $0 > row ? 0 : weight(row, $0) }
        let sum = line.reduce(0, +)
        return line.map { Float($0 / sum) }
      }
    }
    shares = Tensor(values, shape: [1, heads, length, length]).to(scope.device)
  }

  /// What the positions of `x` see.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let length = x.shape[1]
    // Rows of fewer positions are the first ones: each row's shares are of positions up to it.
    return mixed(
      x, shares.narrowed(2, start: 0, length: length).narrowed(3, start: 0, length: length), pass)
  }
}
