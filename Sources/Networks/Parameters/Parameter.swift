import Torch

/// A tensor of a network that a checkpoint keeps: trained (a weight) or moved by the forward pass (a running
/// statistic).
public final class Parameter: Sendable {
  /// Where it is in the network, such as `fc1/weight`: its key in checkpoints and part of the seed of its
  /// first value.
  public let path: String
  /// Its present value; optimizers change it in place.
  public let tensor: Tensor

  package init(path: String, tensor: Tensor) {
    self.path = path
    self.tensor = tensor
    tensor.label = path
  }
}
