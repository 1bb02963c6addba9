import Torch

extension Tensor {
  /// The softmax along a dimension with a further score of zero, which is left out of the result:
  /// `exp(x_i) / (1 + Σ_j exp(x_j))`. The results add up to less than 1, so that nothing need be attended to.
  ///
  /// **Shape** `[..., L, ...]` to the same
  ///
  /// **Source** Fey 2019 ("Just Jump"), section 3.
  public func restrictedSoftmax(_ dimension: Int) -> Tensor {
    var zeroShape = shape
    zeroShape[dimension] = 1
    let zero = Tensor.zeros(zeroShape, dtype: dtype, device: device)
    return Tensor.concatenated([self, zero], dimension).softmax(dimension)
      .narrowed(dimension, start: 0, length: shape[dimension])
  }
}
