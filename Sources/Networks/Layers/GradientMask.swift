import Basics
import Torch

/// Hands on a tensor, and of its gradient only that of some elements, chosen once: of a weight the others stay as they
/// started.
///
/// **Shape** a buffer `mask`, 1 where the gradient passes, and tensors of its shape. One with more rows than the mask begins
/// it anew, one with fewer takes its first rows.
///
/// **Source** the bottleneck of Launay et al. 2019, section 4.2.
public struct GradientMask {
  private let mask: Parameter

  /// A mask with the buffer `scope/mask`.
  /// - Parameters:
  ///   - scope: Where the buffer is.
  ///   - shape: Its shape.
  ///   - count: How many elements have a gradient.
  public init(_ scope: Scope, _ shape: [Int], passing count: Int) {
    let elements = shape.reduce(1, *)
    require(
      (0...elements).contains(count),
      "a mask of \(elements) elements cannot let \(count) gradients pass; give a count from 0 to \(elements)")
    mask = scope.buffer("mask", shape, .chosen(count), pyTorch: .omitted)
  }

  /// `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let passing = x * mask(rows: x.shape[0])
    return passing + (x - passing).detached()
  }

  private func mask(rows: Int) -> Tensor {
    let mask = mask.tensor
    let height = mask.shape[0]
    if rows == height { return mask }
    let copies = Array(repeating: mask, count: (rows + height - 1) / height)
    return Tensor.concatenated(copies).narrowed(0, start: 0, length: rows)
  }
}
