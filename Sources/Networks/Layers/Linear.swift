import Torch

/// A dense layer: `y = x Wᵀ + b`.
///
/// **Shape** `[..., inputs]` to `[..., outputs]`; weight `[outputs, inputs]`, bias `[outputs]`. Weight and
/// bias start uniform within ±1/sqrt(inputs), as in PyTorch.
public struct Linear: Layer {
  /// W.
  public let weight: Parameter
  /// b, if there is one.
  public let bias: Parameter?

  /// A layer with parameters `scope/weight` and `scope/bias`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: The width of a row of x.
  ///   - outputs: The width of a row of y.
  ///   - bias: Whether there is a bias.
  ///   - initializer: What the weight is drawn from; PyTorch's default when nil.
  ///   - biasInitializer: What the bias is drawn from; PyTorch's default when nil.
  public init(
    _ scope: Scope, _ inputs: Int, _ outputs: Int, bias: Bool = true, initializer: Initializer? = nil,
    biasInitializer: Initializer? = nil
  ) {
    weight = scope.parameter("weight", [outputs, inputs], initializer ?? .uniform(fanIn: inputs))
    self.bias =
      bias ? scope.parameter("bias", [outputs], biasInitializer ?? .uniform(fanIn: inputs)) : nil
  }

  /// x Wᵀ + b.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    pass.product(x, [weight], bias: bias) { $0.linear(weight: $1[0], bias: $2) }
  }
}
