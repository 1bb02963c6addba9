import Torch

/// Hands on its input, and of the gradient only that of some columns, chosen once: what makes the others stays as it
/// started.
///
/// **Shape** `[..., width]` to the same; a buffer `mask` of shape `[width]`, 1 where the gradient passes.
///
/// **Source** the bottleneck of Launay et al. 2019, section 4.2.
public struct GradientMask: Layer {
  private let mask: Parameter

  /// A mask with the buffer `scope/mask`.
  /// - Parameters:
  ///   - scope: Where the buffer is.
  ///   - width: The number of columns.
  ///   - count: How many of them have a gradient.
  public init(_ scope: Scope, _ width: Int, passing count: Int) {
    precondition((0...width).contains(count), "\(count) of \(width) columns cannot have a gradient")
    mask = scope.buffer("mask", [width], .chosen(count))
  }

  /// `x`.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let passing = x * mask.tensor
    return passing + (x - passing).detached()
  }
}
