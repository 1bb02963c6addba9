import DirectFeedback
import Foundation

/// The memory and the time of one projection by each kind of feedback matrix, beside table 1 of Launay et al. 2019.
package struct ProjectionBenchmark: Encodable {
  /// What was measured of one matrix.
  package struct Projection: Encodable {
    /// The kind of the matrix: a value of `feedback.kind`.
    package let kind: String
    /// A value of `feedback.storage`.
    package let storage: String
    /// Bytes of the matrix that stay between projections.
    package let storedBytes: Int
    /// Peak memory of tensors while projecting, in bytes, with the matrix, the error and the result.
    package let peakBytes: Int
    /// Seconds to draw what is stored.
    package let drawSeconds: Double
    /// Seconds of a projection.
    package let projectSeconds: Double
  }

  /// The width of the error.
  package let errorWidth: Int
  /// The width of the point.
  package let width: Int
  /// The rows of the error.
  package let rows: Int
  /// Threads of an operation.
  package let threads: Int
  /// Bytes of a dense matrix for each layer of VGG-16 on ImageNet.
  package let vgg16IndependentBytes: Int
  /// Bytes of one dense matrix for all of them.
  package let vgg16SharedBytes: Int
  /// What was measured of each matrix.
  package let projections: [Projection]

  /// Measures.
  /// - Parameters:
  ///   - matrices: The kinds of matrices.
  ///   - errorWidth: The width of the error: the classes.
  ///   - width: The width of the widest point.
  ///   - rows: The rows of the error: the samples of a batch.
  package init(_ matrices: [FeedbackConfiguration], errorWidth: Int, width: Int, rows: Int) {
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

  /// What VGG-16 takes, and a row for each matrix.
  package var text: String {
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
