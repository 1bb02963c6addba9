import Torch

/// What one step works on: tensors, which differ from batch to batch, and what is the same in every batch.
public protocol TensorBatch {
  /// The tensors.
  var tensors: [Tensor] { get }

  /// The same batch with other tensors in their places, of the same shapes.
  func replacing(_ tensors: [Tensor]) -> Self
}

/// A batch of one tensor.
extension Tensor: TensorBatch {
  /// The tensor itself.
  public var tensors: [Tensor] { [self] }

  /// The other tensor.
  public func replacing(_ tensors: [Tensor]) -> Tensor { tensors[0] }
}
