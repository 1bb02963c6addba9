import Networks
import Torch

/// Feedback alignment (FA): the error goes down through fixed random feedback weights in the place of the weights,
/// `c_{i-1} = f'_{i-1} ⊙ (B_i c_i)`; layer by layer, unlike in ``DirectFeedbackAlignment``.
///
/// **Source** Lillicrap et al. 2016, "Random synaptic feedback weights support error backpropagation".
public final class LayerwiseFeedbackAlignment: LayerwiseFeedbackMethod {
  private var weights: FeedbackWeights

  /// - Parameters:
  ///   - distribution: What the elements are drawn from; each feedback weight has the root mean square that its
  ///     weight has when it is first met.
  ///   - seed: What the feedback weights are drawn from.
  public init(_ distribution: FeedbackConfiguration.Distribution = .uniform, seed: UInt64) {
    weights = FeedbackWeights(distribution, seed: seed)
  }

  /// Each B that has been drawn.
  public var feedbackWeights: [String: Tensor] { weights.tensors }

  /// B, random and fixed.
  public func feedbackWeight(for weight: Parameter) -> Tensor { weights.tensor(for: weight) }

  /// The feedback weights, by the path of the weight.
  public var state: [String: Tensor] { weights.tensors }

  /// Takes over the feedback weights of a checkpoint.
  public func restore(_ state: [String: Tensor]) { weights.restore(state) }
}

extension MethodName {
  /// ``LayerwiseFeedbackAlignment``
  public static let fa = MethodName("fa")
}

extension LayerwiseFeedbackAlignment {
  /// The row of the method.
  public static let description = MethodDescription(
    .fa, title: "FA", reference: "Lillicrap et al. 2016",
    summary: "fixed random feedback weights in the place of the weights, layer by layer", tuning: .bp,
    mayRaiseLoss: true
  ) { feedback, seed in LayerwiseFeedbackAlignment(feedback.distribution, seed: seed) }
}
