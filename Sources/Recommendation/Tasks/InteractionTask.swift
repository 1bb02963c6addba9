import Networks
import Torch
import Training

/// A task whose network takes prepared rows, so that it can be asked about others.
public protocol InteractionTask: TrainingTask {
  /// The prepared rows, with the vocabulary by which others are read.
  var data: PreparedData { get }

  /// The logits of any number of rows; a row's is the same to the bit whatever rows are beside it.
  ///
  /// **Shape** `[B, F]` of `int64` to `[B]`
  func logits(_ features: Tensor, _ pass: Pass) -> Tensor
}
