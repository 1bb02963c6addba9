import Torch

/// A batch on which a step can be captured (`training.capture`): a captured step reads tensors of its own, into which those
/// of each next batch are copied.
///
/// Ordinary batches need not conform; their steps are launched operation by operation, and a run says so.
public protocol CapturableBatch {
  /// The tensors of the batch.
  var tensors: [Tensor] { get }

  /// The batch with other tensors in the places of ``tensors``.
  func replacing(_ tensors: [Tensor]) -> Self
}

extension CapturableBatch {
  /// The batch with tensors of its own.
  func copied() -> Self { replacing(tensors.map { $0.cloned() }) }
}

extension Tensor: CapturableBatch {
  /// The tensor itself.
  public var tensors: [Tensor] { [self] }

  /// The other tensor.
  public func replacing(_ tensors: [Tensor]) -> Tensor { tensors[0] }
}
