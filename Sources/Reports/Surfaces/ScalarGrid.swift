import Basics

/// Numbers at the corners of equal cubes.
public struct ScalarGrid: Sendable {
  /// How many corners there are along x, y and z.
  public let counts: SIMD3<Int>
  /// Where the first corner is.
  public let origin: SIMD3<Float>
  /// How long an edge of a cube is.
  public let spacing: Float
  /// The numbers. **Shape** `[z, y, x]`
  public let values: [Float]

  /// A grid; traps when the numbers are not as many as corners.
  /// - Parameters:
  ///   - counts: How many corners there are along x, y and z.
  ///   - origin: Where the first corner is.
  ///   - spacing: How long an edge of a cube is.
  ///   - values: The numbers, those of neighbours along x next to each other.
  public init(counts: SIMD3<Int>, origin: SIMD3<Float>, spacing: Float, values: [Float]) {
    require(
      values.count == counts.x * counts.y * counts.z,
      "\(values.count) numbers for a grid of \(counts.x) x \(counts.y) x \(counts.z)")
    (self.counts, self.origin, self.spacing, self.values) = (counts, origin, spacing, values)
  }

  /// A grid of a cube around the origin, whose numbers are those of a function of places.
  /// - Parameters:
  ///   - resolution: How many corners there are along each axis; traps below 2.
  ///   - bound: How far the cube reaches from the origin along each axis.
  ///   - values: The numbers at some places.
  public init(
    resolution: Int, bound: Float, values: (_ places: [SIMD3<Float>]) throws -> [Float]
  ) rethrows {
    require(resolution > 1, "a grid of \(resolution) corners along an axis")
    let spacing = 2 * bound / Float(resolution - 1)
    var all: [Float] = []
    all.reserveCapacity(resolution * resolution * resolution)
    // A layer at a time, so that places need little memory.
    for z in 0..<resolution {
      var layer: [SIMD3<Float>] = []
      layer.reserveCapacity(resolution * resolution)
      for y in 0..<resolution {
        for x in 0..<resolution {
          layer.append(SIMD3(Float(x), Float(y), Float(z)) * spacing - SIMD3(repeating: bound))
        }
      }
      all += try values(layer)
    }
    self.init(
      counts: SIMD3(repeating: resolution), origin: SIMD3(repeating: -bound), spacing: spacing, values: all)
  }

  /// Where a corner is among the numbers.
  func index(_ corner: SIMD3<Int>) -> Int { (corner.z * counts.y + corner.y) * counts.x + corner.x }

  /// Where a corner is in space.
  public func place(_ corner: SIMD3<Int>) -> SIMD3<Float> {
    origin + spacing * SIMD3(Float(corner.x), Float(corner.y), Float(corner.z))
  }

  /// The number at a corner.
  public subscript(corner: SIMD3<Int>) -> Float { values[index(corner)] }

  /// All corners, in the order of the numbers.
  public var corners: some Sequence<SIMD3<Int>> {
    values.indices.lazy.map { [counts] index in
      SIMD3(index % counts.x, index / counts.x % counts.y, index / (counts.x * counts.y))
    }
  }

  /// How much the numbers rise along each axis around a corner, for a unit of length.
  public func slope(at corner: SIMD3<Int>) -> SIMD3<Float> {
    var slope = SIMD3<Float>()
    for axis in 0..<3 {
      var (before, after) = (corner, corner)
      before[axis] = max(corner[axis] - 1, 0)
      after[axis] = min(corner[axis] + 1, counts[axis] - 1)
      let distance = Float(after[axis] - before[axis]) * spacing
      slope[axis] = distance > 0 ? (self[after] - self[before]) / distance : 0
    }
    return slope
  }
}
