import Networks
import Torch

/// A training method that sends the error down through every layer, as backpropagation does, but takes it from a
/// layer's output to its input by tensors of its own in the place of the weights: `c_{i-1} = f'_{i-1} ⊙ (R_i c_i)`.
///
/// A layer's forward pass and the derivative by its weights stay as they are. Feedback points do nothing.
public protocol LayerwiseFeedbackMethod: TrainingMethod {
  /// What takes the signal down in the place of a weight; of its shape, the same tensor throughout a step.
  func carrier(of weight: Parameter) -> Tensor

  /// The last batch of a step has been seen.
  func endStep()

  /// The carriers' derivatives are to be made in a step and handed to ``learn(_:_:_:)``.
  var learnsCarriers: Bool { get }

  /// Moves carriers along the derivatives of the loss by them.
  /// - Parameters:
  ///   - carriers: The carriers used in the step, by the paths of their weights.
  ///   - derivatives: For each its derivative, or nil.
  ///   - context: The context of the step.
  func learn(_ carriers: [(path: String, tensor: Tensor)], _ derivatives: [Tensor?], _ context: StepContext)
}

extension LayerwiseFeedbackMethod {
  /// Does nothing.
  public func endStep() {}
  /// False.
  public var learnsCarriers: Bool { false }
  /// Does nothing.
  public func learn(
    _ carriers: [(path: String, tensor: Tensor)], _ derivatives: [Tensor?], _ context: StepContext
  ) {}

  /// The derivatives of the loss, with carriers in the place of weights on the way down.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    let recorder = CarrierRecorder(self)
    let loss = try loss(Pass(.training, generator: context.generator, recorder: recorder))
    let carriers = learnsCarriers ? recorder.carriers : []
    let derivatives = context.gradients.traverse(loss: loss, reading: carriers.map(\.tensor))
    learn(carriers, derivatives, context)
    if context.gradients.isLastBatch { endStep() }
    return loss.detached()
  }
}

/// Puts the carriers of a method into a pass.
final class CarrierRecorder: FeedbackRecorder {
  /// The carriers that were used, by the paths of their weights, in order.
  private(set) var carriers: [(path: String, tensor: Tensor)] = []
  private let method: any LayerwiseFeedbackMethod

  init(_ method: any LayerwiseFeedbackMethod) { self.method = method }

  func carriers(of weights: [Parameter]) -> [Tensor]? {
    weights.map { weight in
      if let known = carriers.first(where: { $0.path == weight.path }) { return known.tensor }
      let carrier = method.carrier(of: weight)
      carriers.append((weight.path, carrier))
      return carrier
    }
  }
}
