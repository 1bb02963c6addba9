import Torch

/// Moves parameters along their gradients, and remembers what it needs from step to step.
public protocol Optimizer: AnyObject {
  /// Moves every parameter that has a gradient.
  /// - Parameters:
  ///   - gradients: The gradients of the parameters, in the order of their store.
  ///   - rate: The learning rate η of this step.
  func update(_ gradients: Gradients, rate: Double)

  /// A new optimizer of the same settings for other parameters.
  func another(_ groups: [ParameterGroup]) -> any Optimizer

  /// What a checkpoint must keep, by name.
  var state: [String: Tensor] { get }

  /// Takes over the state of a checkpoint of the same optimizer and parameters.
  func restore(_ state: [String: Tensor])
}

/// Parameters that an optimizer treats alike.
public struct ParameterGroup {
  /// The parameters.
  public let parameters: [Parameter]
  /// λ: the part of a parameter that is added to its gradient.
  public let weightDecay: Double
  /// What the learning rate is multiplied by.
  public let rateScale: Double

  /// A group.
  public init(_ parameters: [Parameter], weightDecay: Double = 0, rateScale: Double = 1) {
    self.parameters = parameters
    self.weightDecay = weightDecay
    self.rateScale = rateScale
  }
}

/// Tensors that an optimizer keeps for each parameter, made as zeros when first asked for.
struct OptimizerSlots {
  private(set) var tensors: [String: Tensor] = [:]

  mutating func tensor(_ name: String, like parameter: Parameter) -> Tensor {
    tensor("\(parameter.path)/\(name)") {
      Tensor.zeros(parameter.tensor.shape, device: parameter.tensor.device)
    }
  }

  mutating func scalar(_ name: String, for parameter: Parameter) -> Tensor {
    tensor("\(parameter.path)/\(name)") { Tensor.zeros([], device: parameter.tensor.device) }
  }

  mutating func restore(_ state: [String: Tensor], on device: (String) -> Device) {
    tensors = Dictionary(uniqueKeysWithValues: state.map { ($0, $1.to(device($0)).cloned()) })
  }

  private mutating func tensor(_ key: String, _ make: () -> Tensor) -> Tensor {
    if let tensor = tensors[key] { return tensor }
    let tensor = make()
    tensors[key] = tensor
    return tensor
  }
}
