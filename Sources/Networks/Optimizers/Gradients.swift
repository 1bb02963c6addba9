import Basics
import Torch

/// The gradients of a step: for each parameter one, or none where the method sends it none.
public struct Gradients {
  /// The parameters, in the order of their store.
  public let parameters: [Parameter]
  /// For each parameter its gradient; nil leaves the parameter as it is, bit for bit.
  public let tensors: [Tensor?]

  /// One gradient, or nil, for each parameter.
  public init(_ parameters: [Parameter], _ tensors: [Tensor?]) {
    require(
      parameters.count == tensors.count,
      "\(tensors.count) gradients for \(parameters.count) parameters; give one, or nil, for each")
    self.parameters = parameters
    self.tensors = tensors
  }

  /// The gradient of a parameter.
  public subscript(path: String) -> Tensor? {
    parameters.firstIndex { $0.path == path }.flatMap { tensors[$0] }
  }
}
