import Torch

/// The mean over all elements of `(prediction - target)²`.
///
/// **Shape** both alike, to a scalar.
public struct MeanSquaredErrorLoss: Sendable {
  /// The loss.
  public init() {}
  /// The loss of a batch.
  public func callAsFunction(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
    predictions.meanSquaredError(targets)
  }
}
