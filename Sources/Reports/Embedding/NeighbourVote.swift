import Basics

extension PlaneEmbedding {
  /// How well classes are apart: the share of points whose class is the most frequent one among the nearest
  /// other points; of equally frequent classes the one with the nearest point.
  ///
  /// - Parameters:
  ///   - classes: the class of each point. **Shape** `[N]`
  ///   - neighbours: how many points vote; at least 1, and fewer than there are.
  /// - Throws: `EmbeddingError` when there are too few points.
  public func neighbourVoteAccuracy(of classes: [Int], neighbours: Int = 10) throws -> Double {
    require(classes.count == x.count, "\(classes.count) classes of \(x.count) points")
    require(neighbours >= 1, "\(neighbours) neighbours")
    guard x.count > neighbours else {
      throw EmbeddingError.tooFewRows(count: x.count, needed: neighbours + 1)
    }
    let near = NearestNeighbours(try rows(), k: neighbours)
    let right = classes.indices.filter { row in
      let votes = near[row].map { classes[Int($0)] }
      let counts = Dictionary(votes.map { ($0, 1) }, uniquingKeysWith: +)
      let most = counts.values.max()
      return votes.first { counts[$0] == most } == classes[row]
    }
    return Double(right.count) / Double(classes.count)
  }
}
