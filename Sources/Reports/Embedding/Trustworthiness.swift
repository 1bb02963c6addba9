import Basics

extension PlaneEmbedding {
  /// How far the neighbours of the points can be trusted to be neighbours of the rows.
  ///
  /// `T = 1 - 2 / (N k (2N - 3k - 1)) Σ_i Σ_j max(0, r(i, j) - k)` over the k points j nearest to point i, where
  /// `r(i, j)` is the rank of row j among the others by distance from row i. 1 means that every neighbour of a
  /// point is one of its row; points at random have about 0.5.
  ///
  /// - Parameters:
  ///   - rows: what was embedded, in the same order.
  ///   - neighbours: k; at least 1 and less than N / 2.
  /// - Throws: `EmbeddingError` when there are too few rows for so many neighbours.
  ///
  /// **Source** Venna and Kaski 2001, "Neighborhood preservation in nonlinear projection methods".
  public func trustworthiness(of rows: EmbeddingRows, neighbours: Int = 12) throws -> Double {
    require(rows.count == x.count, "\(x.count) points for \(rows.count) rows")
    require(neighbours >= 1, "\(neighbours) neighbours")
    let count = rows.count
    guard count > 2 * neighbours else {
      throw EmbeddingError.tooFewRows(count: count, needed: 2 * neighbours + 1)
    }
    let near = NearestNeighbours(try self.rows(), k: neighbours)
    var excess = 0
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { distances in
      for row in 0..<count {
        rows.squaredDistances(from: row, into: distances)
        distances[row] = .infinity
        for other in near[row] {
          excess += max(0, Self.rank(of: Int(other), in: distances) - neighbours)
        }
      }
    }
    let (n, k) = (Double(count), Double(neighbours))
    return 1 - 2 / (n * k * (2 * n - 3 * k - 1)) * Double(excess)
  }

  /// The rank, from 1, of one distance; of equal ones the earlier comes first.
  private static func rank(of index: Int, in distances: UnsafeMutableBufferPointer<Float>) -> Int {
    let distance = distances[index]
    var (less, equal): (Int32, Int32) = (0, 0)
    for other in distances where other < distance { less += 1 }
    for other in distances[..<index] where other == distance { equal += 1 }
    return Int(less + equal) + 1
  }
}
