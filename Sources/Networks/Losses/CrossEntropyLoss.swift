import Torch

/// The mean over rows of `-log softmax(logits)[target]`.
///
/// **Shape** logits `[N, K]`, targets `[N]` of `int64` in 0 ..< K, to a scalar.
public struct CrossEntropyLoss: Sendable {
  /// The loss.
  public init() {}
  /// The loss of a batch.
  public func callAsFunction(_ logits: Tensor, _ targets: Tensor) -> Tensor { logits.crossEntropy(targets) }
}
