import Networks
import Torch

/// A cross layer, which multiplies a row's inputs with a projection of what the layers so far made of them:
/// `y = x_0 (w · x) + b + x`.
///
/// **Shape** `x_0` and `x` `[B, D]` to `[B, D]`; `w` `[1, D]`, `b` `[D]`.
///
/// **Source** Wang et al. 2017, eq. 3.
public struct CrossLayer {
  private let product: Linear
  private let bias: Parameter

  /// A layer with the parameters `scope/weight` and `scope/bias`.
  public init(_ scope: Scope, _ width: Int, _ start: StartingWeights) {
    product = start.linear(scope, width, 1, bias: false)
    bias = scope.parameter("bias", [width], .constant(0))
  }

  /// What the layer makes of `x`, where `inputs` is what the first one got.
  public func callAsFunction(_ x: Tensor, _ inputs: Tensor, _ pass: Pass) -> Tensor {
    inputs * product(x, pass) + bias.tensor + x
  }
}
