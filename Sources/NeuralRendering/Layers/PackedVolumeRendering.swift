import Torch

/// ``VolumeRendering`` of rays with different numbers of samples, one after the other, each of which stands for a stretch of its own:
/// nothing is between the samples, and nothing behind the last.
package struct PackedVolumeRendering {
  /// The share of a ray's light that each sample stops.
  ///
  /// **Shape** `[M]`
  package let weights: Tensor
  private let march: RayMarching

  /// The shares of samples.
  /// - Parameters:
  ///   - density: σ, at least 0, `[M]`.
  ///   - step: δ, the stretch of a sample.
  ///   - march: The samples.
  package init(density: Tensor, step: Double, _ march: RayMarching) {
    self.march = march
    let optical = density * step
    // Sums over all rays, less what they were at the beginning of each; in double precision, for the rays before count thousands.
    let sums = optical.to(.float64).cumulativeSum(0) - optical
    let starts = march.counts.cumulativeSum(0) - march.counts
    let begin = sums.gathered(0, starts.gathered(0, march.rays))
    weights = ((sums - begin) * -1).exp().to(.float32) * ((optical * -1).expm1() * -1)
  }

  /// What is seen.
  /// - Parameters:
  ///   - colors: c, `[M, 3]`.
  ///   - lengths: The lengths of the rays' directions, `[R]`.
  ///   - background: The grey behind everything, from 0 (black) to 1 (white).
  package func callAsFunction(colors: Tensor, lengths: Tensor, background: Double) -> RenderedRays {
    let rays = march.counts.shape[0]
    func sum(_ values: Tensor) -> Tensor {
      Tensor.zeros([rays] + values.shape.dropFirst(), device: values.device)
        .addingEntries(0, at: march.rays, of: values)
    }
    let opacity = sum(weights)
    let seen = sum(weights.unsqueezed(1) * colors)
    return RenderedRays(
      colors: background == 0 ? seen : seen + (opacity * -1 + 1).unsqueezed(1) * background,
      depth: sum(weights * march.distances) / lengths, opacity: opacity)
  }
}
