import Networks
import Torch

/// A cross layer with a matrix: `y = x_0 ⊙ (W x + b) + x`, where W may be the product of two thin ones, `U V`.
///
/// **Shape** `x_0` and `x` `[B, D]` to `[B, D]`; W `[D, D]`, or U `[D, r]` and V `[r, D]`; b `[D]`.
///
/// **Source** Wang et al. 2021, eq. 1 and 2.
public struct MatrixCrossLayer {
  private let thin: Linear?
  private let wide: Linear

  /// A layer with the parameters `scope/weight` and `scope/bias`, and with a rank `scope/down/weight`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - width: D.
  ///   - rank: r; nil for a full matrix.
  ///   - start: How they start.
  public init(_ scope: Scope, _ width: Int, rank: Int?, _ start: StartingWeights) {
    thin = rank.map { start.linear(scope / "down", width, $0, bias: false) }
    wide = start.linear(scope, rank ?? width, width)
  }

  /// What the layer makes of `x`, where `inputs` is what the first one got.
  public func callAsFunction(_ x: Tensor, _ inputs: Tensor, _ pass: Pass) -> Tensor {
    inputs * wide(thin?(x, pass) ?? x, pass) + x
  }
}
