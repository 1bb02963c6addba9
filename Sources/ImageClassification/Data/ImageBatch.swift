import Torch

/// The images of a step, as a network takes them.
public struct ImageBatch: Sendable {
  /// The pixels, normalised.
  ///
  /// **Shape** `[B, height * width]`
  let inputs: Tensor
  /// The classes.
  ///
  /// **Shape** `[B]`, `int64`
  let labels: Tensor
}
