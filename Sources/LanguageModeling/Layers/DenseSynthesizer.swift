import Networks
import Torch

/// Attention whose weights each position tells from itself alone, without keys: `A = softmax(mask(relu(x W_1ᵀ + b_1) W_2ᵀ + b_2))`, for
/// each head a row of as many weights as there are positions.
///
/// **Shape** `[B, T, features]` to the same
///
/// **Source** Tay et al. 2021, "Synthesizer", eq. 1 and 2. Unlike in the published code of Launay et al. 2020, its parameters are trained.
public struct DenseSynthesizer: Layer {
  private let mixed: MixedValues
  private let hidden, weights: Linear
  private let length: Int
  private let mask: Tensor

  /// A layer with parameters for weights, values and output.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: The width; a multiple of the heads.
  ///   - heads: How many share it.
  ///   - length: The greatest number of positions.
  public init(_ scope: Scope, _ features: Int, heads: Int, length: Int) {
    mixed = MixedValues(scope, features, heads: heads)
    hidden = Linear(scope / "hidden", features, features)
    weights = Linear(scope / "weights", features, heads * length)
    mask = MixedValues.causalMask(length).to(scope.device)
    self.length = length
  }

  /// What the positions of `x` see.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let (samples, positions) = (x.shape[0], x.shape[1])
    let scores = weights(hidden(x, pass).relu(), pass)
      .reshaped([samples, positions, mixed.heads, length]).permuted([0, 2, 1, 3])
      .narrowed(3, start: 0, length: positions)
    let causal = mask.narrowed(0, start: 0, length: positions).narrowed(1, start: 0, length: positions)
    return mixed(x, (scores + causal.to(scores.dtype)).softmax(), pass)
  }
}
