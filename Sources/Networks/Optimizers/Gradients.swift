import Basics
import Torch

/// The gradients of a step: for each parameter one, or none where the method sends it none.
public struct Gradients {
  /// The parameters, in the order of their store.
  public let parameters: [Parameter]
  /// For each parameter its gradient; nil leaves the parameter as it is, bit for bit.
  public let values: [Gradient?]

  /// One gradient, or nil, for each parameter.
  public init(_ parameters: [Parameter], _ values: [Gradient?]) {
    require(
      parameters.count == values.count,
      "\(values.count) gradients for \(parameters.count) parameters; give one, or nil, for each")
    self.parameters = parameters
    self.values = values
  }

  /// One gradient as derivatives come, or nil, for each parameter.
  public init(_ parameters: [Parameter], _ tensors: [Tensor?]) {
    self.init(parameters, tensors.map { $0.map(Gradient.init) })
  }

  /// The gradients of every element, those of rows too.
  public var tensors: [Tensor?] { values.map { $0?.tensor } }

  /// The gradient of a parameter, of every element.
  public subscript(path: String) -> Tensor? {
    parameters.firstIndex { $0.path == path }.flatMap { values[$0]?.tensor }
  }

  /// The gradients times `min(1, limit / (norm + 1e-6))`, where norm is that of all of them as one vector, as
  /// `torch.nn.utils.clip_grad_norm_` has it. Does not wait for the device.
  ///
  /// **Source** Pascanu, Mikolov and Bengio 2013, algorithm 1.
  public func clipped(norm limit: Double) -> Gradients {
    let squares = values.compactMap { $0?.squaredNorm }
    guard let first = squares.first else { return self }
    let norm = squares.dropFirst().reduce(first) { $0 + $1.to(first.device) }.sqrt()
    let scale = (Tensor.full([], limit, device: first.device) / (norm + 1e-6)).clamped(maximum: 1)
    return Gradients(parameters, values.map { $0?.scaled(by: scale) })
  }
}
