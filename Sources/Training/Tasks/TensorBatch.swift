import Torch

/// What one step works on: tensors, which differ from batch to batch, and what is the same in every batch.
public protocol TensorBatch {
  /// How many samples the loss is a mean over.
  var sampleCount: Int { get }
  /// The tensors.
  var tensors: [Tensor] { get }

  /// The same batch with other tensors in their places, of the same shapes.
  func replacing(_ tensors: [Tensor]) -> Self
}

/// A batch of one tensor, a row a sample.
extension Tensor: TensorBatch {
  /// The rows.
  public var sampleCount: Int { shape.first ?? 1 }
  /// The tensor itself.
  public var tensors: [Tensor] { [self] }

  /// The other tensor.
  public func replacing(_ tensors: [Tensor]) -> Tensor { tensors[0] }
}
