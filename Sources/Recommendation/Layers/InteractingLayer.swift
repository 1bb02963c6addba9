import Networks
import Torch

/// Self-attention between a row's fields: `y = relu([head_1, ..., head_H] + W_r x)`, where a head is
/// `softmax(q kᵀ) v` of projections of the vectors, without scaling and without biases.
///
/// **Shape** `[B, F, D]` to `[B, F, H E]`; the projections of queries, keys and values `[3 H E, D]`, W_r `[H E, D]`.
///
/// **Source** Song et al. 2019, eq. 5 to 8.
public struct InteractingLayer: Layer {
  private let projections, residual: Linear
  private let heads, width: Int

  /// A layer with the parameters `scope/projections/weight` and `scope/residual/weight`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: D.
  ///   - heads: H.
  ///   - width: E, the width of a head.
  ///   - start: How they start.
  public init(_ scope: Scope, _ inputs: Int, heads: Int, width: Int, _ start: StartingWeights) {
    (self.heads, self.width) = (heads, width)
    projections = start.linear(scope / "projections", inputs, 3 * heads * width, bias: false)
    residual = start.linear(scope / "residual", inputs, heads * width, bias: false)
  }

  /// What the fields see of each other.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let (rows, fields) = (x.shape[0], x.shape[1])
    let parts = projections(x, pass).reshaped([rows, fields, 3, heads, width]).permuted([2, 0, 3, 1, 4])
    // The fused attention divides the products by sqrt(E); here they are not.
    let queries = parts.selected(0, 0) * Double(width).squareRoot()
    let seen = queries.attention(keys: parts.selected(0, 1), values: parts.selected(0, 2))
    return (seen.permuted([0, 2, 1, 3]).reshaped([rows, fields, heads * width]) + residual(x, pass)).relu()
  }
}
