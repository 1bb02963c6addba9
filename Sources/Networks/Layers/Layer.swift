import Torch

/// A function of one tensor with parameters of its own.
public protocol Layer {
  /// The layer's output for `x`.
  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor
}
