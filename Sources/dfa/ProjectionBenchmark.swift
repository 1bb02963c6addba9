import DirectFeedback
import Foundation
import Reports

/// The memory and the time of one projection by each kind of feedback matrix, beside table 1 of Launay et al. 2019.
struct ProjectionBenchmark: Encodable {
  /// What was measured of one matrix.
  struct Projection: Encodable {
    let kind: String
    let storage: String
    /// Bytes of the matrix that stay between projections.
    let storedBytes: Int
    /// The most bytes of tensors while projecting, with the matrix, the error and the result.
    let peakBytes: Int
    /// Seconds to draw what is stored.
    let drawSeconds: Double
    let projectSeconds: Double
  }

  let errorWidth: Int
  let width: Int
  let rows: Int
  let threads: Int
  /// Bytes of a dense matrix for each layer of VGG-16 on ImageNet, and of one for all.
  let vgg16IndependentBytes: Int
  let vgg16SharedBytes: Int
  let projections: [Projection]

  init(_ matrices: [FeedbackConfiguration], errorWidth: Int, width: Int, rows: Int) {
    (self.errorWidth, self.width, self.rows) = (errorWidth, width, rows)
    threads = LibTorch.threadCount
    let points = VGG16.pointWidths(imageSize: 224)
    vgg16IndependentBytes = 4 * 1000 * points.reduce(0, +)
    vgg16SharedBytes = 4 * 1000 * (points.max() ?? 0)
    let error = RandomGenerator(seed: 1).normal([rows, errorWidth])
    projections = matrices.map { configuration in
      let draw = FeedbackDraw(
        seed: 0, configuration.distribution, errorWidth: errorWidth, width: width,
        divisor: Double(width).squareRoot(), device: .cpu)
      let before = Device.cpu.allocatedBytes - error.byteCount
      let (matrix, drawSeconds) = ProjectionBenchmark.timed {
        configuration.kind.matrix(draw, configuration.storage)
      }
      Device.cpu.resetPeakBytes()
      let (_, projectSeconds) = ProjectionBenchmark.timed { matrix.project(error) }
      return Projection(
        kind: configuration.kind.description, storage: configuration.storage.rawValue,
        storedBytes: matrix.storedBytes, peakBytes: Device.cpu.peakBytes - before, drawSeconds: drawSeconds,
        projectSeconds: projectSeconds)
    }
  }

  private static func timed<Result>(_ body: () -> Result) -> (Result, Double) {
    let stopwatch = Stopwatch()
    let result = body()
    return (result, stopwatch.seconds)
  }

  var text: String {
    func gigabytes(_ bytes: Int) -> String { String(format: "%.1f GB", Double(bytes) * 1e-9) }
    let table = Table(
      columns: [
        TableColumn("kind"), TableColumn("storage"), TableColumn("stored", .right),
        TableColumn("peak", .right), TableColumn("draw", .right), TableColumn("project", .right),
      ],
      rows: projections.map {
        [
          $0.kind, $0.storage, NumberFormat.bytes($0.storedBytes), NumberFormat.bytes($0.peakBytes),
          NumberFormat.seconds($0.drawSeconds), NumberFormat.seconds($0.projectSeconds),
        ]
      })
    return """
      VGG-16 on ImageNet, a dense matrix for each layer   \(gigabytes(vgg16IndependentBytes))
      VGG-16 on ImageNet, one dense matrix for all        \(gigabytes(vgg16SharedBytes))
      [\(rows), \(errorWidth)] times [\(errorWidth), \(width)], \(threads) threads
      \(table.plain)
      """
  }
}
