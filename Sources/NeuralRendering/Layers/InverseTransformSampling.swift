import Torch

/// Distances along rays where there is most to see: drawn from the distribution that is constant between neighbouring points and
/// has given weights there, by inverting its distribution function.
///
/// **Source** Mildenhall et al. 2020, section 5.2, in the form of its code.
public struct InverseTransformSampling {
  /// How many distances are drawn.
  public let samples: Int

  /// So many distances.
  public init(samples: Int) { self.samples = samples }

  /// The distances, off the graph.
  ///
  /// **Shape** `[R, M]` edges and `[R, M - 1]` weights to `[R, samples]`
  /// - Parameters:
  ///   - edges: Distances between which the density is constant, rising.
  ///   - weights: At least 0; a little is added so that they can be 0 everywhere.
  ///   - generator: What quantiles are drawn from; nil for equal intervals from 0 to 1.
  public func callAsFunction(edges: Tensor, weights: Tensor, _ generator: RandomGenerator?) -> Tensor {
    let rays = edges.shape[0]
    let padded = weights.detached() + 1e-5
    let shares = padded / padded.sum(1, keepingDimension: true)
    let zero = Tensor.zeros([rays, 1], device: edges.device)
    let cumulative = Tensor.concatenated([zero, shares.cumulativeSum(1)], 1)
    let even = (0..<samples).map { Float($0) / Float(max(samples - 1, 1)) }
    let quantiles =
      generator?.uniform([rays, samples])
      ?? Tensor(even, shape: [1, samples]).to(edges.device).expanded([rays, samples])
    // The stretch in which each quantile is: the last edge whose share is not greater, and the next.
    let above = cumulative.countNotGreater(than: quantiles)
    let last = edges.shape[1] - 1
    let (lower, upper) = (
      (above - 1).clamped(minimum: 0).to(.int64), above.clamped(maximum: Double(last)).to(.int64)
    )
    let (from, to) = (cumulative.elements(1, at: lower), cumulative.elements(1, at: upper))
    let share = to - from
    let within =
      (quantiles - from) / Tensor.choosing(share .< 1e-5, Tensor.ones([1], device: edges.device), share)
    let start = edges.elements(1, at: lower)
    return start + within * (edges.elements(1, at: upper) - start)
  }
}
