import Networks
import Torch

/// Attention whose weights are parameters, the same for every sequence: `A = softmax(mask(R))`, for each head.
///
/// **Shape** `[B, T, features]` to the same; `weights` `[heads, length, length]`, which start normal(0, 1)
///
/// **Source** Tay et al. 2021, "Synthesizer", section 3.2. Unlike in the published code of Launay et al. 2020, its parameters are trained.
public struct RandomSynthesizer: Layer {
  private let mixed: MixedValues
  private let weights: Parameter
  private let mask: Tensor

  /// A layer with parameters for weights, values and output.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: The width; a multiple of the heads.
  ///   - heads: How many share it.
  ///   - length: The greatest number of positions.
  public init(_ scope: Scope, _ features: Int, heads: Int, length: Int) {
    mixed = MixedValues(scope, features, heads: heads)
    weights = scope.parameter("weights", [heads, length, length], .normal(deviation: 1))
    mask = MixedValues.causalMask(length).to(scope.device)
  }

  /// What the positions of `x` see.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let positions = x.shape[1]
    func first(_ tensor: Tensor, _ dimension: Int) -> Tensor {
      tensor.narrowed(dimension, start: 0, length: positions)
        .narrowed(dimension + 1, start: 0, length: positions)
    }
    return mixed(x, (first(weights.tensor, 1) + first(mask, 0)).softmax().unsqueezed(0), pass)
  }
}
