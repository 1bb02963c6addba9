import Networks
import Torch

/// Feedback alignment (FA): the error goes down through fixed random tensors in the place of the weights,
/// `c_{i-1} = f'_{i-1} ⊙ (B_i c_i)`; layer by layer, unlike in ``DirectFeedbackAlignment``.
///
/// **Source** Lillicrap et al. 2016, "Random synaptic feedback weights support error backpropagation".
public final class LayerwiseFeedbackAlignment: LayerwiseFeedbackMethod {
  private var tensors: CarrierTensors

  /// - Parameters:
  ///   - distribution: What the elements are drawn from; each tensor has the root mean square of its weight when it
  ///     is first met.
  ///   - seed: What the tensors are drawn from.
  public init(_ distribution: FeedbackConfiguration.Distribution = .uniform, seed: UInt64) {
    tensors = CarrierTensors(distribution, seed: seed)
  }

  /// B.
  public func carrier(of weight: Parameter) -> Tensor { tensors.tensor(of: weight) }

  /// The random tensors, by the path of the weight.
  public var state: [String: Tensor] { tensors.tensors }

  /// Takes over random tensors.
  public func restore(_ state: [String: Tensor]) { tensors.restore(state) }
}
