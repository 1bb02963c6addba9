import Networks
import Torch

/// The method of Kolen and Pollack (KP): feedback alignment whose feedback weights learn what the weights learn,
/// `δB_i = δW_i`, both with weight decay λ. So they come to agree: with equal rates and decays, and without momentum,
/// `B_i - W_i` shrinks by `1 - ηλ` in every step.
///
/// **Source** Kolen and Pollack 1994; Akrout et al. 2019, "Deep learning without weight transport", section 4.
public final class KolenPollack: LayerwiseFeedbackMethod {
  private var weights: FeedbackWeights
  private let learner: FeedbackLearner

  /// - Parameters:
  ///   - distribution: What B is drawn from at first; it has the root mean square of its weight.
  ///   - decay: λ of B; that of the weights is the optimizer's.
  ///   - rate: The learning rate of B; that of the weights when nil.
  ///   - seed: What B is drawn from.
  public init(
    _ distribution: FeedbackConfiguration.Distribution = .uniform, decay: Double,
    rate: Double? = nil, seed: UInt64
  ) {
    weights = FeedbackWeights(distribution, seed: seed)
    learner = FeedbackLearner(decay: decay, rate: rate)
  }

  /// Each B that has been drawn.
  public var feedbackWeights: [String: Tensor] { weights.tensors }

  /// B, which requires a gradient because it learns.
  public func feedbackWeight(for weight: Parameter) -> Tensor {
    weights.tensor(for: weight).requiringGradient()
  }

  /// B learns in every step.
  public var learnsFeedbackWeights: Bool { true }

  /// Moves B along its gradient, which is that of W.
  public func learn(
    _ weights: [(path: String, tensor: Tensor)], _ derivatives: [Tensor?], _ context: StepContext
  ) {
    learner.learn(weights, derivatives, context)
  }

  /// Each B by the path of the weight, and what moves it.
  public var state: [String: Tensor] {
    weights.tensors.reduce(into: learner.state.withPrefix("optimizer/")) {
      $0["tensors/" + $1.key] = $1.value.detached().cloned()
    }
  }

  /// Takes over B and what moves it.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  public func restore(_ state: [String: Tensor]) throws {
    weights.restore(state.part("tensors/"))
    try learner.restore(state.part("optimizer/"), of: state.part("tensors/"))
  }
}

extension MethodName {
  /// ``KolenPollack``
  public static let kp = MethodName("kp")
}

extension KolenPollack {
  /// The row of the method.
  public static let description = MethodDescription(
    .kp, title: "KP", reference: "Kolen and Pollack 1994",
    summary: "feedback weights that learn what the weights learn, and come to agree with them", tuning: .bp,
    mayRaiseLoss: true
  ) { feedback, seed in
    KolenPollack(feedback.distribution, decay: feedback.decay, rate: feedback.learningRate, seed: seed)
  }
}
