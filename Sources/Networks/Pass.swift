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
}

/// Decides what happens at the marked places of a network during one pass.
public protocol FeedbackRecorder: AnyObject {
  /// A layer has ended at `point` with `x`.
  /// - Returns: What the network goes on with: `x`, or the same numbers cut off the graph.
  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor

  /// The error is to be read at `output`, where the network has `y`.
  /// - Returns: What the network goes on with.
  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor
}
