import Networks
import Torch

/// What is known of the nodes, as a matrix with a row for each: dense, or sparse such as bags of words.
///
/// **Shape** `[N, D]`
public protocol NodeFeatures {
  /// The product with a dense matrix, which keeps a sparse matrix sparse.
  ///
  /// **Shape** `[D, K]` to `[N, K]`
  func matmul(_ y: Tensor) -> Tensor
  /// Each element zero with a probability, else scaled to keep the mean.
  func dropout(_ probability: Double, _ generator: RandomGenerator) -> Self
  /// The product with the weights of a layer, of which `matrix` makes one of shape `[D, K]`.
  func product(_ weights: [Parameter], _ pass: Pass, matrix: ([Tensor]) -> Tensor) -> Tensor
}

extension Tensor: NodeFeatures {
  /// The product with the matrix, through which methods may carry signals down in their own way.
  public func product(_ weights: [Parameter], _ pass: Pass, matrix: ([Tensor]) -> Tensor) -> Tensor {
    pass.product(self, weights) { x, weights, _ in x.matmul(matrix(weights)) }
  }
}

extension SparseMatrix: NodeFeatures {
  /// Sparse features ask for no gradient: nothing is carried down to them.
  public func product(_ weights: [Parameter], _ pass: Pass, matrix: ([Tensor]) -> Tensor) -> Tensor {
    matmul(matrix(weights.map(\.tensor)))
  }
}

extension NodeFeatures {
  /// The features after `dropout`: in training with elements dropped, else as they are.
  public func dropped(by dropout: Dropout, _ pass: Pass) -> Self {
    pass.isTraining && dropout.probability > 0 ? self.dropout(dropout.probability, pass.generator) : self
  }
}
