import Networks
import Torch

/// Decides how the parameters of a network get their gradients.
///
/// A method sees the network only as a function from a pass to a loss. It sets the pass's recorder, and so
/// decides what happens at the network's feedback points and outputs.
public protocol TrainingMethod: AnyObject {
  /// The gradients of one step.
  /// - Parameters:
  ///   - parameters: The parameters to differentiate by, in the order of their store.
  ///   - generator: Where random layers draw from.
  ///   - loss: Runs the network in the pass and returns a scalar.
  /// - Returns: The loss, off the graph, and the gradients.
  func step(
    _ parameters: [Parameter], generator: RandomGenerator, loss: (Pass) throws -> Tensor
  ) rethrows -> TrainingStep

  /// Tensors that a checkpoint must keep, by name: feedback matrices.
  var state: [String: Tensor] { get }

  /// Takes over the tensors of a checkpoint of the same method and network.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  func restore(_ state: [String: Tensor]) throws
}

/// What one step yields.
public struct TrainingStep {
  /// The loss, off the graph; on the network's device, so that reading it is the caller's choice.
  public let loss: Tensor
  /// The gradients.
  public let gradients: Gradients
}

extension TrainingMethod {
  /// Nothing.
  public var state: [String: Tensor] { [:] }
  /// Nothing.
  public func restore(_ state: [String: Tensor]) throws {}
}
