import Torch

/// A tensor of a network that a checkpoint keeps: trained (a weight) or moved by the forward pass (a running
/// statistic).
public final class Parameter: Sendable {
  /// Where it is in the network, such as `fc1/weight`: its key in checkpoints and part of the seed of its
  /// first value.
  public let path: String
  /// Its present value; optimizers change it in place.
  public let tensor: Tensor

  /// The group in which an optimizer treats it; nil for that of all others.
  public let group: String?

  /// Of a table that is read by rows: what brings rows up to date before they are read; nil for any other parameter.
  package let rows: TableRows?

  package init(path: String, tensor: Tensor, group: String? = nil, isTable: Bool = false) {
    self.path = path
    self.group = group
    self.tensor = tensor
    rows = isTable ? TableRows() : nil
    tensor.label = path
  }
}
