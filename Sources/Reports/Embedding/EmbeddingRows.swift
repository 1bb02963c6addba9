import Basics

/// Rows of equally many numbers, such as a layer's activations of N nodes, laid out for fast distances.
///
/// All numbers are divided by the largest magnitude, so that no square overflows; what is measured of the rows
/// here depends only on the order or the ratios of distances.
public struct EmbeddingRows: Sendable {
  /// N, how many rows there are.
  public let count: Int
  /// D, how many numbers a row has.
  public let width: Int
  /// The rows one after another, each filled up with zeros to whole vectors.
  let vectors: [SIMD8<Float>]
  /// Vectors in a row.
  let stride: Int

  /// Rows.
  ///
  /// - Parameters:
  ///   - values: the numbers, row after row. **Shape** `[N, width]`
  ///   - width: how many numbers a row has; at least 1. Traps when it does not divide the number of values.
  /// - Throws: `EmbeddingError.notFinite`.
  public init(_ values: [Float], width: Int) throws {
    require(
      width > 0 && values.count % width == 0, "\(values.count) numbers do not make rows of \(width)")
    count = values.count / width
    self.width = width
    let stride = (width + 7) / 8
    self.stride = stride
    var largest: Float = 0
    for (index, value) in values.enumerated() {
      guard value.isFinite else { throw EmbeddingError.notFinite(row: index / width) }
      largest = max(largest, abs(value))
    }
    let divisor = largest > 0 ? largest : 1
    var vectors = [SIMD8<Float>](repeating: .zero, count: count * stride)
    for (index, value) in values.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      vectors[row * stride + column / 8][column % 8] = value / divisor
    }
    self.vectors = vectors
  }

  /// The squared Euclidean distances, of the scaled rows, from one row to every row, itself included.
  ///
  /// - Parameter distances: room for N numbers.
  func squaredDistances(from row: Int, into distances: UnsafeMutableBufferPointer<Float>) {
    vectors.withUnsafeBufferPointer { vectors in
      let start = row * stride
      var place = 0
      for other in 0..<count {
        var sum = SIMD8<Float>.zero
        for index in start..<start + stride {
          let difference = vectors[index] - vectors[place]
          sum += difference * difference
          place += 1
        }
        distances[other] = sum.sum()
      }
    }
  }
}
