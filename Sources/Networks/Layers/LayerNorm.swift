import Torch

/// Layer normalisation (Ba et al. 2016) over the last dimension:
/// `y = (x - mean) / sqrt(variance + epsilon) * weight + bias`.
///
/// **Shape** `[..., features]` to the same. The same in training and evaluation.
public struct LayerNorm: Layer {
  private let weight: Parameter
  private let bias: Parameter
  private let features: Int
  private let epsilon: Double

  /// A layer with parameters `scope/weight` (ones) and `scope/bias` (zeros).
  public init(_ scope: Scope, _ features: Int, epsilon: Double = 1e-5) {
    weight = scope.parameter("weight", [features], .constant(1))
    bias = scope.parameter("bias", [features], .constant(0))
    self.features = features
    self.epsilon = epsilon
  }

  /// `x` normalised.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    x.layerNorm(shape: [features], weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
  }
}
