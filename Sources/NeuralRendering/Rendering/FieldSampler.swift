import Networks
import Reports
import Torch

/// Asks a task's network for densities and colours of points, in parts that bound memory.
public struct FieldSampler {
  /// How many points the network is given at once.
  private static let batchSize = 65_536

  private let task: any RenderingTask
  private let pass: Pass
  private var device: Device { task.store.device }

  /// A sampler of a task's present weights.
  public init(_ task: any RenderingTask) {
    self.task = task
    pass = Pass(.evaluation, generator: RandomGenerator(seed: 0, device: task.store.device))
  }

  /// How far a cube around the origin reaches that holds what a scene shows: 1.5 in the world, 1 in normalised device
  /// coordinates, which have no more.
  public var bound: Double { task.scene.space == .world ? 1.5 : 1 }

  /// The densities at points.
  public func densities(at points: [SIMD3<Float>]) -> [Float] {
    batches(of: points.count).flatMap { batch in
      let down = [SIMD3<Float>](repeating: SIMD3(0, 0, -1), count: batch.count)
      return field(at: points[batch], from: down[...]).density.scalars(Float.self)
    }
  }

  /// Red, green and blue at points, of 255.
  /// - Parameters:
  ///   - points: The points.
  ///   - directions: In which directions each is looked at, of length 1.
  public func colors(at points: [SIMD3<Float>], from directions: [SIMD3<Float>]) -> [SIMD3<UInt8>] {
    batches(of: points.count).flatMap { batch in
      let values = field(at: points[batch], from: directions[batch]).color.scalars(Float.self)
        .map(UInt8.init(share:))
      return stride(from: 0, to: values.count, by: 3).map { start in
        SIMD3(values[start], values[start + 1], values[start + 2])
      }
    }
  }

  private func batches(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: Self.batchSize).map { $0..<min($0 + Self.batchSize, count) }
  }

  private func field(
    at points: ArraySlice<SIMD3<Float>>, from directions: ArraySlice<SIMD3<Float>>
  ) -> (density: Tensor, color: Tensor) {
    func tensor(_ vectors: ArraySlice<SIMD3<Float>>) -> Tensor {
      Tensor(vectors.flatMap { [$0.x, $0.y, $0.z] }, shape: [vectors.count, 3]).to(device)
    }
    return withoutGradient {
      let values = task.field(at: tensor(points), from: tensor(directions), pass)
      return (values.density.to(.cpu).to(.float32), values.color.to(.cpu).to(.float32))
    }
  }
}
