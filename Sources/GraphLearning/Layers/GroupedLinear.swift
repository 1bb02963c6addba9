import Networks
import Torch

/// A dense layer whose features are split into groups that do not mix: `y_g = x_g W_g + b_g`.
///
/// **Shape** `[..., features]` to the same; weight `[groups, features / groups, features / groups]` and bias
/// `[features]` start uniform within ±1/sqrt(features / groups).
public struct GroupedLinear: Layer {
  private let weight: Parameter
  private let bias: Parameter
  private let groups, width: Int
  /// How many groups are multiplied as one, with zeros between them: matrix products of a few columns are slow.
  private let merged: Int
  /// 1 between the parts of one group, 0 between those of others.
  private let mask: Tensor

  /// A layer with parameters `weight` and `bias` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: The width; a multiple of `groups`.
  ///   - groups: Into how many parts it is split.
  public init(_ scope: Scope, _ features: Int, groups: Int) {
    guard groups > 0, features % groups == 0 else {
      fatalError(
        "GroupedLinear '\(scope.path)': \(features) features cannot be split into \(groups) groups; take a divisor"
      )
    }
    let width = features / groups
    weight = scope.parameter("weight", [groups, width, width], .uniform(fanIn: width))
    bias = scope.parameter("bias", [features], .uniform(fanIn: width))
    (self.groups, self.width) = (groups, width)
    let merged = (1...groups).first { groups % $0 == 0 && $0 * width >= 16 } ?? groups
    self.merged = merged
    mask = Tensor(
      (0..<merged * merged).map { Float($0 % (merged + 1) == 0 ? 1 : 0) }, shape: [merged, 1, merged, 1]
    ).to(weight.tensor.device)
  }

  /// The layer's output.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let parts = x.reshaped([-1, groups / merged, merged * width]).transposed(0, 1)
    let products = pass.product(parts, [weight]) { parts, weights, _ in parts.matmul(blocks(weights[0])) }
    return products.transposed(0, 1).reshaped(x.shape) + bias.tensor
  }

  /// The weights of merged groups on the diagonals of matrices.
  ///
  /// **Shape** `[groups / merged, merged width, merged width]`
  private func blocks(_ weight: Tensor) -> Tensor {
    (weight.reshaped([-1, merged, width, 1, width]) * mask)
      .reshaped([-1, merged * width, merged * width])
  }
}
