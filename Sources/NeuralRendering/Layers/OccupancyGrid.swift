import Networks
import Torch

/// Where in a cube around the origin there may be something: for each cell the greatest density seen there, which fades in time.
///
/// **Source** Müller et al. 2022 (Instant-NGP), appendix E.2; Li et al. 2023 (nerfacc).
package struct OccupancyGrid {
  /// The cube is from -bound to bound in each direction.
  package let bound: Double
  /// Cells in each direction.
  package let resolution: Int
  /// From which optical thickness of a step on a cell counts as occupied, where the mean over cells is not less.
  package let threshold: Double
  /// The greatest optical thickness of a step seen in each cell, fading.
  ///
  /// **Shape** `[resolution³]`, x changing slowest
  private let thickness: Parameter

  /// A grid with the buffer `scope/thickness`, all of whose cells are occupied until that has faded or they are looked at.
  package init(_ scope: Scope, bound: Double, resolution: Int, threshold: Double) {
    (self.bound, self.resolution, self.threshold) = (bound, resolution, threshold)
    thickness = scope.buffer(
      "thickness", [resolution * resolution * resolution], .constant(2 * threshold + 1e-3), pyTorch: .omitted)
  }

  /// Whether each cell is occupied.
  ///
  /// **Shape** `[resolution³]` of `bool`
  package var isOccupied: Tensor {
    let values = thickness.tensor
    return values .> values.mean().clamped(maximum: threshold)
  }

  /// The cells that points along rays are in; of those outside the cube the nearest.
  ///
  /// **Shape** `[R, 3]` and distances `[R, P]` to `[R * P]` of `int32`
  package func cells(origins: Tensor, directions: Tensor, distances: Tensor) -> Tensor {
    let scale = Double(resolution) / (2 * bound)
    let (begin, slope) = ((origins + bound) * scale, directions * scale)
    let size = Tensor(Double(resolution), dtype: .int32)
    let places = (0..<3).map { axis in
      (slope.narrowed(1, start: axis, length: 1) * distances + begin.narrowed(1, start: axis, length: 1))
        .clamped(minimum: 0).clamped(maximum: Double(resolution) - 0.5).to(.int32)
    }
    return ((places[0] * size + places[1]) * size + places[2]).reshaped([-1])
  }

  /// Lets what was seen fade, and looks at cells anew.
  /// - Parameters:
  ///   - share: The share of cells, drawn at random, that are looked at; less than 1 as many of the occupied ones besides.
  ///   - decay: What is left of what was seen before.
  ///   - generator: What cells, and a point in each, are drawn from.
  ///   - look: The optical thickness of a step at points, `[P, 3]` to `[P]`.
  package func update(share: Double, decay: Double, _ generator: RandomGenerator, look: (Tensor) -> Tensor) {
    let values = thickness.tensor
    let cells =
      share < 1
      ? drawn(Int(Double(values.count) * share), generator)
      : Tensor.range(0..<values.count, device: values.device)
    values.copy(from: (values * decay).takingMaximum(at: cells, of: look(points(in: cells, generator))))
  }

  /// Cells drawn at random: so many of all, and as many of the occupied ones.
  private func drawn(_ count: Int, _ generator: RandomGenerator) -> Tensor {
    func numbers(below limit: Int) -> Tensor {
      (generator.uniform([max(count, 1)], dtype: .float64) * Double(limit)).floor().to(.int64)
    }
    let (any, occupied) = (numbers(below: thickness.tensor.count), isOccupied.nonzeroIndices().squeezed(1))
    guard occupied.count > 0 else { return any }
    return Tensor.concatenated([any, occupied.gathered(0, numbers(below: occupied.count))])
  }

  /// A random point in each cell.
  private func points(in cells: Tensor, _ generator: RandomGenerator) -> Tensor {
    let size = Double(resolution)
    let numbers = cells.to(.float64)
    let x = (numbers / (size * size)).floor()
    let rest = numbers - x * (size * size)
    let y = (rest / size).floor()
    let corners = Tensor.stacked([x, y, rest - y * size], 1).to(.float32)
    return (corners + generator.uniform([cells.count, 3])) * (2 * bound / size) - bound
  }
}
