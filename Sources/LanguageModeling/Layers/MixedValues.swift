import Networks
import Torch

/// What layers share that mix the values of earlier positions in proportions that are not made of queries and keys:
/// `y = concat(A_1 v_1, ...) W_oᵀ + b_o`, with the heads' shares v of `x W_vᵀ + b_v`.
///
/// **Shape** `[B, T, features]` to the same
struct MixedValues {
  private let values, output: Linear
  let heads: Int

  init(_ scope: Scope, _ features: Int, heads: Int) {
    values = Linear(
      scope / "values", features, features, initializer: .glorotUniform, biasInitializer: .constant(0))
    output = Linear(scope / "out", features, features, biasInitializer: .constant(0))
    self.heads = heads
  }

  /// The mixture.
  /// - Parameter shares: How each position sees each other one, in each head; `[B or 1, heads, T, T]`, with rows of sum 1.
  func callAsFunction(_ x: Tensor, _ shares: Tensor, _ pass: Pass) -> Tensor {
    let (samples, positions, features) = (x.shape[0], x.shape[1], x.shape[2])
    let split = values(x, pass).reshaped([samples, positions, heads, features / heads]).permuted([0, 2, 1, 3])
    let mixed = shares.to(split.dtype).matmul(split)
    return output(mixed.permuted([0, 2, 1, 3]).reshaped(x.shape), pass)
  }

  /// Zero for a position itself and those before, and minus infinity for those after it.
  ///
  /// **Shape** `[length, length]`
  static func causalMask(_ length: Int) -> Tensor {
    let values = (0..<length).flatMap { row in (0..<length).map { $0 > row ? -Float.infinity : 0 } }
    return Tensor(values, shape: [length, length])
  }
}
