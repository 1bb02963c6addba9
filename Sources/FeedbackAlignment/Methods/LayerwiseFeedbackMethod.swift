import Networks
import Torch

/// A training method that sends the error down through every layer, as backpropagation does, but from a layer's output
/// to its input by feedback weights in the place of the layer's weights: `c_{i-1} = f'_{i-1} ⊙ (R_i c_i)`.
///
/// A layer's forward pass and the gradient of its weights stay as they are. Feedback points have no effect.
public protocol LayerwiseFeedbackMethod: TrainingMethod {
  /// What stands for a weight in the backward pass; of its shape, the same tensor throughout a step.
  func feedbackWeight(for weight: Parameter) -> Tensor

  /// The tensors that the method keeps for weights, by their paths: each of its weight's shape, which is checked when a
  /// checkpoint is loaded.
  var feedbackWeights: [String: Tensor] { get }

  /// The last batch of a step has been seen.
  func endStep()

  /// Whether the gradients of the feedback weights are to be computed in a step and handed to ``learn(_:_:_:)``.
  var learnsFeedbackWeights: Bool { get }

  /// Moves feedback weights along the gradients of the loss with respect to them.
  /// - Parameters:
  ///   - weights: The feedback weights used in the step, by the paths of the layers' weights.
  ///   - derivatives: For each its gradient, or nil.
  ///   - context: The context of the step.
  func learn(_ weights: [(path: String, tensor: Tensor)], _ derivatives: [Tensor?], _ context: StepContext)
}

extension LayerwiseFeedbackMethod {
  /// Default: the method keeps none.
  public var feedbackWeights: [String: Tensor] { [:] }
  /// Default: feedback weights do not change from step to step.
  public func endStep() {}
  /// Default: feedback weights are fixed.
  public var learnsFeedbackWeights: Bool { false }
  /// Default: feedback weights are fixed.
  public func learn(
    _ weights: [(path: String, tensor: Tensor)], _ derivatives: [Tensor?], _ context: StepContext
  ) {}

  /// The gradients of the loss, with feedback weights in the place of weights in the backward pass.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    let recorder = FeedbackWeightRecorder(self)
    let loss = try loss(Pass(.training, generator: context.generator, recorder: recorder))
    recorder.finish()
    let learned = learnsFeedbackWeights ? recorder.used : []
    let derivatives = context.gradients.traverse(loss: loss, reading: learned.map(\.tensor))
    learn(learned, derivatives, context)
    if context.gradients.isLastBatch { endStep() }
    return loss.detached()
  }
}

/// Brings the feedback weights of a method into a pass.
final class FeedbackWeightRecorder: FeedbackRecorder {
  /// The feedback weights that were used, by the paths of the layers' weights, in order.
  private(set) var used: [(path: String, tensor: Tensor)] = []
  private let method: any LayerwiseFeedbackMethod
  private let marks = MarkRecorder()

  init(_ method: any LayerwiseFeedbackMethod) { self.method = method }

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor { marks.crossing(point, x) }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor { marks.reading(output, y) }

  /// The pass has ended.
  func finish() { marks.finish() }

  func feedbackWeights(for weights: [Parameter]) -> [Tensor]? {
    weights.map { weight in
      if let known = used.first(where: { $0.path == weight.path }) { return known.tensor }
      let tensor = method.feedbackWeight(for: weight)
      used.append((weight.path, tensor))
      return tensor
    }
  }
}
