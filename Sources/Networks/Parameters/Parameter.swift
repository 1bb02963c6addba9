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

  /// How it is laid out in PyTorch, and called in its layer there.
  package let pyTorch: PyTorchLayout
  /// The name of its layer in PyTorch; empty for that of the whole network.
  private let layerInPyTorch: String
  /// Of a table that is read by rows: what brings rows up to date before they are read; nil for any other parameter.
  package let rows: TableRows?

  package init(
    path: String, tensor: Tensor, group: String? = nil, layerInPyTorch: String = "",
    pyTorch: PyTorchLayout? = nil, isTable: Bool = false
  ) {
    self.path = path
    self.group = group
    self.tensor = tensor
    self.layerInPyTorch = layerInPyTorch
    self.pyTorch = pyTorch ?? .named(path.split(separator: "/").last.map(String.init) ?? path)
    rows = isTable ? TableRows() : nil
    tensor.label = path
  }

  /// The names of the tensors that it is in PyTorch.
  package var namesInPyTorch: [String] { pyTorch.names.map(nameInPyTorch) }

  /// The dotted name in the whole network of something that its layer has in PyTorch.
  func nameInPyTorch(_ name: String) -> String { layerInPyTorch.isEmpty ? name : "\(layerInPyTorch).\(name)" }
}
