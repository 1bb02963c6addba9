import Torch

/// Equal steps along rays, of which those in occupied cells of a grid are kept.
package struct RayMarching {
  /// The ray of each sample, rising.
  ///
  /// **Shape** `[M]` of `int64`
  package let rays: Tensor
  /// Their distances, in units of length of the world; those of a ray rising.
  ///
  /// **Shape** `[M]`
  package let distances: Tensor
  /// The samples of each ray.
  ///
  /// **Shape** `[R]` of `int64`
  package let counts: Tensor

  /// Makes the steps.
  /// - Parameters:
  ///   - rays: Where the steps are made.
  ///   - lengths: The lengths of their directions, `[R]`.
  ///   - step: The length of a step.
  ///   - grid: Which steps are kept.
  ///   - generator: What the place within each ray's steps is drawn from; nil for the middle of each.
  package init(
    _ rays: Rays, lengths: Tensor, step: Double, in grid: OccupancyGrid, _ generator: RandomGenerator?
  ) {
    self.init(rays, lengths: lengths, step: step, in: grid, occupied: grid.isOccupied, generator)
  }

  private init(
    _ rays: Rays, lengths: Tensor, step: Double, in grid: OccupancyGrid, occupied: Tensor,
    _ generator: RandomGenerator?
  ) {
    let count = rays.count
    let directions = rays.directions / lengths.unsqueezed(1)
    // Where each ray enters and leaves the cube; no direction is exactly parallel to a side.
    let safe = Tensor.choosing(
      directions.abs() .< 1e-9, Tensor.full([1], 1e-9, device: directions.device), directions)
    let (low, high) = ((rays.origins * -1 - grid.bound) / safe, (rays.origins * -1 + grid.bound) / safe)
    let enters = low.minimum(high).max(1).clamped(minimum: 0)
    let leaves = low.maximum(high).min(1)
    let longest = 2 * grid.bound * 3.0.squareRoot()
    let places = Tensor.range(
      0..<Int((longest / step).rounded(.up)), dtype: .float32, device: directions.device)
    let within = generator?.uniform([count, 1]) ?? Tensor.full([count, 1], 0.5, device: directions.device)
    let distances = enters.unsqueezed(1) + (places.unsqueezed(0) + within) * step
    // All steps of all rays have a place here, those beyond the cube too: on a GPU that costs less than to pick out the others first.
    let cells = grid.cells(origins: rays.origins, directions: directions, distances: distances)
    let isKept =
      (distances .< leaves.unsqueezed(1)) .& occupied.gathered(0, cells).reshaped([count, places.count])
    // Once, because a GPU is waited for; what is kept is made anew.
    let kept = isKept.nonzeroIndices()
    self.rays = kept.selected(1, 0)
    self.distances =
      enters.gathered(0, self.rays)
      + (kept.selected(1, 1).to(.float32) + within.squeezed(1).gathered(0, self.rays)) * step
    counts = isKept.to(.int64).sum(1)
  }

  private init(rays: Tensor, distances: Tensor, counts: Tensor) {
    (self.rays, self.distances, self.counts) = (rays, distances, counts)
  }

  /// How many rays are looked at before it is asked whether their samples are enough: on a GPU, which waits for the answer
  /// longer than for the rays, more.
  private static let (raysAtATime, raysAtATimeOnGPU) = (1_024, 4_096)

  /// Makes the steps of the first rays, as many as fit a budget of samples, and of one at least.
  package init(
    first rays: Rays, lengths: Tensor, step: Double, in grid: OccupancyGrid, budget: Int,
    _ generator: RandomGenerator?
  ) {
    var parts: [RayMarching] = []
    let occupied = grid.isOccupied
    let atATime = occupied.device == .cpu ? Self.raysAtATime : Self.raysAtATimeOnGPU
    var (start, samples) = (0, 0)
    while start < rays.count && samples <= budget {
      let some = start..<min(start + atATime, rays.count)
      let part = RayMarching(
        rays.narrowed(some), lengths: lengths.narrowed(0, start: start, length: some.count), step: step,
        in: grid, occupied: occupied, generator)
      parts.append(
        RayMarching(
          rays: part.rays + Tensor(Double(start), dtype: .int64), distances: part.distances,
          counts: part.counts))
      (start, samples) = (some.upperBound, samples + part.rays.count)
    }
    let all = RayMarching(
      rays: .concatenated(parts.map(\.rays)), distances: .concatenated(parts.map(\.distances)),
      counts: .concatenated(parts.map(\.counts)))
    let sums: [Int64] = all.counts.cumulativeSum(0).to(.int64, .cpu).scalars()
    let fitting = max(1, sums.firstIndex { $0 > budget } ?? sums.count)
    self = fitting < start ? all.narrowed(toRays: fitting, samples: Int(sums[fitting - 1])) : all
  }

  /// The samples of the first rays.
  private func narrowed(toRays count: Int, samples: Int) -> RayMarching {
    RayMarching(
      rays: rays.narrowed(0, start: 0, length: samples),
      distances: distances.narrowed(0, start: 0, length: samples),
      counts: counts.narrowed(0, start: 0, length: count))
  }
}
