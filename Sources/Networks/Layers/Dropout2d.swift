import Torch

/// Sets whole channels of images to zero with a probability and scales the others to keep the mean (Tompson et al.
/// 2015); in training only.
///
/// **Shape** `[B, channels, height, width]` to the same.
public struct Dropout2d: Layer {
  private let dropout: Dropout

  /// A layer without parameters.
  /// - Parameter probability: The probability in [0, 1] that a channel is set to zero.
  public init(_ probability: Double) { dropout = Dropout(probability) }

  /// `x` with channels dropped; `x` itself outside training.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    guard pass.isTraining, dropout.probability > 0 else { return x }
    return x
      * dropout(Tensor.ones(Array(x.shape.prefix(2)) + [1, 1], dtype: x.dtype, device: x.device), pass)
  }
}
