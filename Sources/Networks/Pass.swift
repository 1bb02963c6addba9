import Torch

/// One forward pass through a network: in which mode, with which random numbers, and who watches its feedback
/// points.
///
/// A network takes it as an argument of every call and hands it on; nothing about a pass is global.
public struct Pass {
  /// What the pass is for.
  public enum Mode: String, Sendable {
    /// Dropout drops, batch normalisation uses and moves its statistics.
    case training
    /// The network as it is used.
    case evaluation
  }

  /// What the pass is for.
  public let mode: Mode
  /// Where dropout and other random layers draw from.
  public let generator: RandomGenerator
  /// Who decides what happens at feedback points and outputs; nobody in plain evaluation.
  package let recorder: (any FeedbackRecorder)?
  /// Whether the same pass comes again in this step: what the pass moves besides its result, such as running
  /// statistics, must stay as it is.
  public let isRehearsal: Bool

  /// A pass that a training method watches through `recorder`.
  public init(
    _ mode: Mode, generator: RandomGenerator, recorder: (any FeedbackRecorder)? = nil,
    isRehearsal: Bool = false
  ) {
    self.mode = mode
    self.generator = generator
    self.recorder = recorder
    self.isRehearsal = isRehearsal
  }

  /// Whether random layers are random.
  public var isTraining: Bool { mode == .training }

  /// A product of a layer's input with its weights: `product(x, weights, bias)`.
  ///
  /// Layers make every such product through here. In backpropagation the weights take the signal from the product
  /// down to the input; a method may have other tensors do that (feedback alignment).
  /// - Parameters:
  ///   - x: The input.
  ///   - weights: What it is multiplied with.
  ///   - bias: What is added, if anything.
  ///   - product: Makes the product; linear in x where there is no bias.
  public func product(
    _ x: Tensor, _ weights: [Parameter], bias: Parameter? = nil,
    _ product: (_ x: Tensor, _ weights: [Tensor], _ bias: Tensor?) -> Tensor
  ) -> Tensor {
    let tensors = weights.map(\.tensor)
    guard let recorder, x.requiresGradient, let carriers = recorder.carriers(of: weights) else {
      return product(x, tensors, bias?.tensor)
    }
    // The numbers and the weights' gradients of the one, the input's gradient of the other.
    let carried = product(x, carriers, nil)
    return product(x.detached(), tensors, bias?.tensor) + (carried - carried.detached())
  }
}

/// Decides what happens at the marked places of a network during one pass.
public protocol FeedbackRecorder: AnyObject {
  /// A layer has ended at `point` with `x`.
  /// - Returns: What the network goes on with: `x`, or the same numbers cut off the graph.
  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor

  /// The error is to be read at `output`, where the network has `y`.
  /// - Returns: What the network goes on with.
  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor

  /// A layer multiplies its input with `weights`.
  /// - Returns: What takes the signal down to the input in their place, of their shapes; nil for themselves.
  func carriers(of weights: [Parameter]) -> [Tensor]?
}

extension FeedbackRecorder {
  /// Returns the same `x`.
  public func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor { x }
  /// Returns the same `y`.
  public func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor { y }
  /// Nil: weights take signals down themselves.
  public func carriers(of weights: [Parameter]) -> [Tensor]? { nil }
}
