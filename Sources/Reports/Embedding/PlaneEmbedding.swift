import Basics

/// Rows laid out in the plane.
public struct PlaneEmbedding: Sendable, Equatable {
  /// The points in the order of the rows. **Shape** `[N]`
  public let x: [Double]
  /// See ``x``.
  public let y: [Double]
  /// The Kullback-Leibler divergence between the affinities of the rows and of the points, in natural units;
  /// less is better.
  public let divergence: Double

  /// Points; traps when `x` and `y` differ in number.
  package init(x: [Double], y: [Double], divergence: Double) {
    require(x.count == y.count, "\(x.count) and \(y.count) coordinates")
    (self.x, self.y, self.divergence) = (x, y, divergence)
  }

  /// The points as rows, to be compared with what they stand for.
  ///
  /// - Throws: `EmbeddingError.notFinite`.
  public func rows() throws -> EmbeddingRows {
    try EmbeddingRows(zip(x, y).flatMap { [Float($0), Float($1)] }, width: 2)
  }
}
