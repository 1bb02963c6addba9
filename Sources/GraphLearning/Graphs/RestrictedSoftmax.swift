import Torch

extension Tensor {
  /// The softmax along the last dimension with a further score of zero, which is left out of the result:
  /// `exp(x_i) / (1 + Σ_j exp(x_j))`. The results add up to less than 1, so that nothing need be attended to.
  ///
  /// **Shape** `[..., L]` to the same
  ///
  /// **Source** Fey 2019 ("Just Jump"), section 3.
  package func restrictedSoftmax() -> Tensor {
    let length = shape[rank - 1]
    let zero = Tensor.zeros(Array(shape.dropLast()) + [1], dtype: dtype, device: device)
    return Tensor.concatenated([self, zero], -1).softmax(-1).narrowed(-1, start: 0, length: length)
  }
}
