import Networks
import Torch

/// A dense layer whose features are split into groups that do not mix: `y_g = x_g W_g + b_g`.
///
/// **Shape** `[..., features]` to the same; weight `[groups, features / groups, features / groups]` and bias
/// `[features]` start uniform within ±1/sqrt(features / groups).
package struct GroupedLinear: Layer {
  private let weight: Parameter
  private let bias: Parameter
  private let groups: Int

  package init(_ scope: Scope, _ features: Int, groups: Int) {
    precondition(
      groups > 0 && features % groups == 0, "\(features) features cannot be split into \(groups) groups")
    let width = features / groups
    weight = scope.parameter("weight", [groups, width, width], .uniform(fanIn: width))
    bias = scope.parameter("bias", [features], .uniform(fanIn: width))
    self.groups = groups
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let parts = x.reshaped([-1, groups, weight.tensor.shape[1]]).transposed(0, 1)
    return parts.matmul(weight.tensor).transposed(0, 1).reshaped(x.shape) + bias.tensor
  }

  package func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { self(x) }
}
