import Basics
import Torch

/// Self attention of several heads (Vaswani et al. 2017, section 3.2): `y = concat(head_1, ...) W_oᵀ + b_o`
/// with `head_i = softmax(q_i k_iᵀ / sqrt(E)) v_i`, where q, k and v are thirds of `x W_inᵀ + b_in` and each
/// head takes E = features / heads columns of them. Without dropout.
///
/// **Shape** `[B, T, features]` to the same; `in/weight` `[3 features, features]`, `out/weight` `[features,
/// features]`. As in PyTorch `in/weight` starts uniform by Glorot, `out/weight` within ±1/sqrt(features),
/// biases at 0.
public struct MultiHeadAttention: Layer {
  private let inWeight, inBias, outWeight, outBias: Parameter
  private let features, heads: Int
  private let isCausal: Bool

  /// A layer with parameters `in/weight`, `in/bias`, `out/weight` and `out/bias` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: The width; a multiple of `heads`.
  ///   - heads: How many heads share it.
  ///   - isCausal: Whether a position sees itself and earlier ones only.
  public init(_ scope: Scope, _ features: Int, heads: Int, isCausal: Bool = false) {
    require(
      heads > 0 && features % heads == 0,
      "\(features) features cannot be shared by \(heads) heads; make features a multiple of heads")
    let input = (scope / "in").inPyTorch(scope.nameInPyTorch)
    inWeight = input.parameter(
      "weight", [3 * features, features], .glorotUniform, pyTorch: .named("in_proj_weight"))
    inBias = input.parameter("bias", [3 * features], .constant(0), pyTorch: .named("in_proj_bias"))
    let output = (scope / "out").inPyTorch(scope.nameInPyTorch(of: "out_proj"))
    outWeight = output.parameter("weight", [features, features], .uniform(fanIn: features))
    outBias = output.parameter("bias", [features], .constant(0))
    self.features = features
    self.heads = heads
    self.isCausal = isCausal
  }

  /// What the positions of `x` see of each other.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let (samples, positions) = (x.shape[0], x.shape[1])
    let parts = pass.product(x, [inWeight], bias: inBias) { $0.linear(weight: $1[0], bias: $2) }
      .reshaped([samples, positions, 3, heads, features / heads]).permuted([2, 0, 3, 1, 4])
    let seen = parts.selected(0, 0)
      .attention(keys: parts.selected(0, 1), values: parts.selected(0, 2), isCausal: isCausal)
    return pass.product(seen.permuted([0, 2, 1, 3]).reshaped(x.shape), [outWeight], bias: outBias) {
      $0.linear(weight: $1[0], bias: $2)
    }
  }
}
