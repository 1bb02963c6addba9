import Torch

/// The mean over all elements of `-(t log σ(x) + (1 - t) log(1 - σ(x)))`, computed from the logits x.
///
/// **Shape** logits and targets alike, targets in [0, 1], to a scalar.
public struct BinaryCrossEntropyLoss: Sendable {
  /// The loss.
  public init() {}
  /// The loss of a batch.
  public func callAsFunction(_ logits: Tensor, _ targets: Tensor) -> Tensor {
    logits.binaryCrossEntropyWithLogits(targets)
  }
}
