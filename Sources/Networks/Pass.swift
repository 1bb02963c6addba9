import Torch

/// One forward pass through a network: in which mode, with which random numbers, and what happens at its feedback
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
  /// What decides about feedback points and outputs; nil in plain evaluation.
  package let recorder: (any FeedbackRecorder)?
  /// Whether the same pass comes again in this step: what the pass moves besides its result, such as running
  /// statistics, must stay as it is.
  public let isRehearsal: Bool

  /// A pass whose feedback points and outputs are seen by `recorder`.
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
  /// Layers make every such product through here. In the backward pass the signal goes from the product to the input
  /// through the same weights; a method may put feedback weights in their place there (feedback alignment).
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
    guard let recorder, x.requiresGradient, let feedback = recorder.feedbackWeights(for: weights) else {
      return product(x, tensors, bias?.tensor)
    }
    // The value and the weights' gradients come from the one, the input's gradient from the other.
    let backward = product(x, feedback, nil)
    return product(x.detached(), tensors, bias?.tensor) + (backward - backward.detached())
  }
}

/// Decides what happens at the marked places of a network during one pass.
public protocol FeedbackRecorder: AnyObject {
  /// A layer has ended at `point` with `x`.
  /// - Returns: What the network goes on with: `x`, or the same values detached from the graph.
  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor

  /// The error is to be read at `output`, where the network has `y`.
  /// - Returns: What the network goes on with.
  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor

  /// A layer multiplies its input with `weights`.
  /// - Returns: The feedback weights that the signal goes through in their place, of their shapes; nil for the weights
  ///   themselves.
  func feedbackWeights(for weights: [Parameter]) -> [Tensor]?
}

extension FeedbackRecorder {
  /// Default: points have no effect.
  public func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor { x }
  /// Default: the error is not read.
  public func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor { y }
  /// Default: the signal goes through the weights.
  public func feedbackWeights(for weights: [Parameter]) -> [Tensor]? { nil }
}
