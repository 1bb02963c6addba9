import Torch

/// The fraction of rows whose largest logit is the target class.
///
/// **Shape** logits `[N, K]`, targets `[N]` of `int64`.
public func accuracy(_ logits: Tensor, _ targets: Tensor) -> Double {
  (logits.argmax(1) .== targets).to(.float64).mean().item
}
