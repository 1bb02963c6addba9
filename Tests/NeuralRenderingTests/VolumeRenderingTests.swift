import Foundation
import Networks
import NeuralRendering
import TestSupport
import Testing
import Torch

@Suite("Volume rendering") struct VolumeRenderingTests {
  private func tensor(_ values: [Float], _ shape: [Int]) -> Tensor { Tensor(values, shape: shape) }

  @Test("Two samples: the first stops 1 - exp(-σ δ), the last what is left") func twoSamples() {
    // Distances 1 apart on a ray whose direction has length 2.
    let depths = tensor([3, 4], [1, 2])
    let rendering = VolumeRendering(
      density: tensor([0.5, 3], [1, 2]), depths: depths, lengths: tensor([2], [1]))
    let first = 1 - exp(-1.0)
    #expect(
      rendering.weights.maximumDifference(from: Tensor([first, 1 - first], shape: [1, 2])) < 1e-6)
    let seen = rendering(
      colors: tensor([1, 0, 0, 0, 1, 0.5], [1, 2, 3]), depths: depths, background: 1)
    #expect(
      seen.colors.maximumDifference(from: Tensor([first, 1 - first, 0.5 * (1 - first)], shape: [1, 3])) < 1e-6
    )
    #expect(abs(seen.depth.item - (3 * first + 4 * (1 - first))) < 1e-5)
    #expect(abs(seen.opacity.item - 1) < 1e-6)
  }

  @Test("Where a ray ends, its last sample stops no more than its share") func rayThatEnds() {
    let weights = VolumeRendering(
      density: tensor([0.5, 3], [1, 2]), depths: tensor([3, 4], [1, 2]), lengths: tensor([2], [1]), end: 4.5
    ).weights
    let first = 1 - exp(-1.0)
    let last = (1 - first) * (1 - exp(-3.0))
    #expect(weights.maximumDifference(from: Tensor([first, last], shape: [1, 2])) < 1e-6)
  }

  @Test("Nothing is seen as the background, at distance 0") func empty() {
    let depths = tensor([2, 3, 4], [1, 3])
    let seen = VolumeRendering(
      density: Tensor.zeros([1, 3]), depths: depths, lengths: Tensor.ones([1]))(
        colors: Tensor.zeros([1, 3, 3]), depths: depths, background: 0.75)
    #expect(seen.colors.equals(Tensor.full([1, 3], 0.75)))
    #expect(seen.opacity.item == 0 && seen.depth.item == 0)
  }

  @Test("A wall behind thin fog hides what is behind it") func wall() {
    let depths = tensor([1, 2, 3, 4], [1, 4])
    let weights = VolumeRendering(
      density: tensor([0.1, 0, 1e4, 50], [1, 4]), depths: depths, lengths: Tensor.ones([1])
    ).weights
    let fog = 1 - exp(-0.1)
    #expect(weights.maximumDifference(from: Tensor([fog, 0, 1 - fog, 0], shape: [1, 4])) < 1e-6)
  }

  @Test("Gradients agree with differences") func gradients() {
    let depths = Tensor([1.0, 1.4, 2.1, 2.2, 1.1, 1.2, 1.9, 3], shape: [2, 4])
    let lengths = Tensor([1.0, 1.7])
    // The last sample reaches to infinity: its density changes nothing, and is left out.
    let violations = checkGradients([[2, 3], [2, 4, 3]], domain: { $0.abs() + 0.1 }) { leaves in
      let density = Tensor.concatenated([leaves[0], Tensor.full([2, 1], 0.5, dtype: .float64)], 1)
      let seen = VolumeRendering(density: density, depths: depths, lengths: lengths)(
        colors: leaves[1], depths: depths, background: 1)
      return Tensor.concatenated([seen.colors, seen.depth.unsqueezed(1), seen.opacity.unsqueezed(1)], 1)
    }
    #expect(violations == [])
  }

  /// Rays into a cube all of whose cells are occupied.
  private var rays: Rays {
    let generator = RandomGenerator(seed: 5)
    let directions = generator.uniform([6, 3], from: -0.3, to: 0.3) + Tensor([0, 0, -1] as [Float])
    return Rays(
      origins: generator.uniform([6, 3], from: -0.2, to: 0.2) + Tensor([0, 0, 3] as [Float]),
      directions: directions, viewDirections: directions / directions.norm(1, keepingDimension: true))
  }

  @Test("Packed samples are seen as those of rays of equal length, and have their gradients") func packed() {
    let lengths = rays.directions.norm(1)
    let grid = OccupancyGrid(ParameterStore(seed: 1).root, bound: 1, resolution: 4, threshold: 0.01)
    let march = RayMarching(rays, lengths: lengths, step: 0.1, in: grid, nil)
    #expect(march.counts.max().item >= 15 && march.counts.sum().item == Double(march.rays.count))
    let count = march.rays.count
    let density = (Tensor.range(0..<count, dtype: .float32) * 0.37).sin().square() * 3
    let colors = (Tensor.range(0..<(3 * count), dtype: .float32) * 0.21).sin().square().reshaped([count, 3])
    let leaf = density.requiringGradient()
    let seen = PackedVolumeRendering(density: leaf, step: 0.1, march)(
      colors: colors, lengths: lengths, background: 1)
    let slopes = Torch.gradients(of: [seen.colors.sum()], for: [leaf])[0]
    var start = 0
    for ray in 0..<6 {
      let samples = Int(march.counts.selected(0, ray).item)
      let own = density.narrowed(0, start: start, length: samples).detached().cloned().requiringGradient()
      // A sample of nothing at the end, for what reaches to infinity.
      let part = Tensor.concatenated([own, Tensor.zeros([1])]).unsqueezed(0)
      let depths = Tensor.range(0..<(samples + 1), dtype: .float32).unsqueezed(0) * 0.1
      let own3 = Tensor.concatenated(
        [colors.narrowed(0, start: start, length: samples), Tensor.zeros([1, 3])]
      ).unsqueezed(0)
      let expected = VolumeRendering(density: part, depths: depths, lengths: Tensor.ones([1]))(
        colors: own3, depths: depths, background: 1)
      #expect(expected.colors.squeezed(0).maximumDifference(from: seen.colors.selected(0, ray)) < 1e-5)
      #expect(abs(expected.opacity.item - seen.opacity.selected(0, ray).item) < 1e-5)
      let slope = Torch.gradients(of: [expected.colors.sum()], for: [own])[0]
      let found = slopes?.narrowed(0, start: start, length: samples)
      #expect(slope.flatMap { found?.maximumDifference(from: $0) } ?? .infinity < 1e-5)
      start += samples
    }
  }

  @Test("Steps are in the cube alone, and of those the ones in occupied cells are kept") func marching()
    throws
  {
    let store = ParameterStore(seed: 1)
    let grid = OccupancyGrid(store.root, bound: 1, resolution: 2, threshold: 0.01)
    // A ray along z through the cells with x and y above 0, and one that misses the cube.
    let rays = Rays(
      origins: tensor([0.5, 0.5, 3, 0.5, 2.5, 3], [2, 3]), directions: tensor([0, 0, -2, 0, 0, -2], [2, 3]),
      viewDirections: tensor([0, 0, -1, 0, 0, -1], [2, 3]))
    let lengths = rays.directions.norm(1)
    let all = RayMarching(rays, lengths: lengths, step: 0.5, in: grid, nil)
    #expect(all.counts.scalars(Int64.self) == [4, 0])
    #expect(all.distances.maximumDifference(from: Tensor([2.25, 2.75, 3.25, 3.75])) < 1e-6)
    // Only the cell with all coordinates above 0 is occupied: the last of eight.
    let thickness = try #require(store.tensors["thickness"])
    thickness.copy(from: tensor([0, 0, 0, 0, 0, 0, 0, 1], [8]))
    let kept = RayMarching(rays, lengths: lengths, step: 0.5, in: grid, nil)
    #expect(kept.counts.scalars(Int64.self) == [2, 0])
    #expect(kept.distances.maximumDifference(from: Tensor([2.25, 2.75])) < 1e-6)
    let first = RayMarching(first: rays, lengths: lengths, step: 0.5, in: grid, budget: 1, nil)
    #expect(first.rays.scalars(Int64.self) == [0, 0])
  }

  @Test("Of many rays the first are taken whose samples fit a budget, and one at least")
  func budgetedMarching() {
    let store = ParameterStore(seed: 1)
    let grid = OccupancyGrid(store.root, bound: 1, resolution: 2, threshold: 0.01)
    let count = 2_500  // looked at in three parts; each has four samples
    func repeated(_ x: [Float]) -> Tensor { tensor(x, [1, 3]).expanded([count, 3]).contiguous() }
    let rays = Rays(
      origins: repeated([0.5, 0.5, 3]), directions: repeated([0, 0, -2]),
      viewDirections: repeated([0, 0, -1])
    )
    let lengths = rays.directions.norm(1)
    func first(_ budget: Int) -> RayMarching {
      RayMarching(first: rays, lengths: lengths, step: 0.5, in: grid, budget: budget, nil)
    }
    let all = RayMarching(rays, lengths: lengths, step: 0.5, in: grid, nil)
    for (budget, taken) in [(1, 1), (4_099, 1_024), (4_100, 1_025), (9_999, 2_499), (10_000, 2_500)] {
      let march = first(budget)
      let same = all.distances.narrowed(0, start: 0, length: 4 * taken)
      #expect(march.counts.count == taken)
      #expect(march.rays.scalars(Int64.self) == (0..<4 * taken).map { Int64($0 / 4) })
      #expect(march.distances.maximumDifference(from: same) == 0)
    }
  }

  @Test("A grid keeps the cells where something is, and forgets the others") func grid() {
    let grid = OccupancyGrid(ParameterStore(seed: 1).root, bound: 1, resolution: 8, threshold: 0.01)
    let generator = RandomGenerator(seed: 2)
    for step in 0..<200 {
      // A ball in one corner.
      grid.update(share: step < 20 ? 1 : 0.25, decay: 0.95, generator) { points in
        ((points - 0.5).square().sum(1) .< 0.04).to(.float32)
      }
    }
    let corners = tensor([0.5, 0.5, 0.5, -0.5, -0.5, -0.5, 0.5, 0.5, -0.9], [3, 3])
    let origin = Tensor.zeros([3, 3])
    let cells = grid.cells(origins: origin, directions: corners, distances: Tensor.ones([3, 1]))
    let occupied = grid.isOccupied.gathered(0, cells)
    #expect(occupied.to(.float32).scalars(Float.self) == [1, 0, 0])
    let share = grid.isOccupied.to(.float32).mean().item
    #expect(share > 0.004 && share < 0.1)
    // In the next cells, and outside the cube in the last of them.
    let along = grid.cells(
      origins: tensor([-0.9, 0.1, 0.3], [1, 3]), directions: tensor([1, 0, 0], [1, 3]),
      distances: tensor([0, 0.25, 5], [1, 3]))
    let places: [Int64] = [0, 1, 7]
    #expect(along.to(.int64).scalars(Int64.self) == places.map { $0 * 64 + 4 * 8 + 5 })
  }

  @Test("A new grid forgets what it took for granted while all its cells are looked at") func firstSteps() {
    let settings = GridNeRF.Settings()
    let grid = OccupancyGrid(
      ParameterStore(seed: 1).root, bound: settings.bound, resolution: 4, threshold: settings.threshold)
    #expect(grid.isOccupied.to(.float32).mean().item == 1)
    for step in 0..<(settings.warmupSteps / settings.updateEvery) {
      grid.update(share: 1, decay: 0.95, RandomGenerator(seed: UInt64(step))) { points in
        (points.selected(1, 0) .> 0).to(.float32)
      }
    }
    #expect(grid.isOccupied.to(.float32).mean().item == 0.5)
  }

  @Test("A grid is brought up to date once for a step, and again for another") func updates() throws {
    let store = ParameterStore(seed: 1)
    var settings = GridNeRF.Settings()
    settings.network = RadianceFieldSettings(depth: 2, width: 8)
    settings.resolution = 4
    let model = GridNeRF(store.root, settings, Surroundings(bounds: 2...6, background: 1))
    let thickness = try #require(store.tensors["grid/thickness"])
    let pass = Pass(.training, generator: RandomGenerator(seed: 2))
    var seen: [[Float]] = [thickness.scalars()]
    for step in [0, 0, 3, 16] {
      model.prepare(step: step, pass)
      seen.append(thickness.scalars())
    }
    #expect(seen[0] != seen[1] && seen[1] == seen[2] && seen[2] == seen[3] && seen[3] != seen[4])
  }
}
