import Torch

/// What is seen along rays through a medium of density σ and colour c at samples with distances δ between them:
/// `C = Σ_i T_i (1 - exp(-σ_i δ_i)) c_i` with `T_i = exp(-Σ_{j<i} σ_j δ_j)`, and the background behind it. The last sample reaches to
/// where the ray ends, or to infinity.
///
/// **Source** Mildenhall et al. 2020, eq. 3; Max 1995.
public struct VolumeRendering {
  /// The share of a ray's light that each sample stops.
  ///
  /// **Shape** `[R, S]`
  public let weights: Tensor

  /// The shares of samples.
  /// - Parameters:
  ///   - density: σ, at least 0, `[R, S]`.
  ///   - depths: Distances along the rays, rising, `[R, S]`.
  ///   - lengths: What distances are multiplied by, the length of a ray's direction, `[R]`.
  ///   - end: The distance at which rays end; nil for infinity.
  public init(density: Tensor, depths: Tensor, lengths: Tensor, end: Double? = nil) {
    let samples = depths.shape[1]
    let lastDepth = depths.narrowed(1, start: samples - 1, length: 1)
    let lastDistance = end.map { lastDepth * -1 + $0 } ?? Tensor.full([1], 1e10, device: depths.device)
    let distances =
      (depths.narrowed(1, start: 1, length: samples - 1) - depths.narrowed(1, start: 0, length: samples - 1))
      * lengths.unsqueezed(1)
    // The last sample stops what is left, if it stops anything: it is kept out of the sums, in which nothing else would be left of it.
    let last = density.narrowed(1, start: samples - 1, length: 1)
    let optical = density.narrowed(1, start: 0, length: samples - 1) * distances
    let first = Tensor.zeros([depths.shape[0], 1], device: depths.device)
    let before = Tensor.concatenated([first, optical.cumulativeSum(1)], 1)
    let stopped = Tensor.concatenated([optical, last * (lastDistance * lengths.unsqueezed(1))], 1)
    weights = (before * -1).exp() * ((stopped * -1).expm1() * -1)
  }

  /// What is seen.
  /// - Parameters:
  ///   - colors: c, `[R, S, 3]`.
  ///   - depths: Distances along the rays, `[R, S]`.
  ///   - background: The grey behind everything, from 0 (black) to 1 (white).
  public func callAsFunction(colors: Tensor, depths: Tensor, background: Double) -> RenderedRays {
    let opacity = weights.sum(1)
    let seen = (weights.unsqueezed(2) * colors).sum(1)
    return RenderedRays(
      colors: background == 0 ? seen : seen + (opacity * -1 + 1).unsqueezed(1) * background,
      depth: (weights * depths).sum(1), opacity: opacity)
  }
}
