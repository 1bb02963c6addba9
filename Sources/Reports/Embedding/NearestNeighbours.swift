import Basics

/// The k nearest other rows of every row, by Euclidean distance, nearest first; of equally near ones the earlier.
///
/// Every pair is compared, in O(N² D).
struct NearestNeighbours {
  /// k.
  let k: Int
  /// The numbers of the neighbours. **Shape** `[N, k]`
  let indices: [Int32]
  /// The squared distances to them. **Shape** `[N, k]`
  let squaredDistances: [Float]

  /// The neighbours of `rows`; traps when there are no `k` others.
  init(_ rows: EmbeddingRows, k: Int) {
    let count = rows.count
    require(k > 0 && k < count, "\(k) neighbours among \(count) rows")
    var indices = [Int32](repeating: 0, count: count * k)
    var nearest = [Float](repeating: .infinity, count: count * k)
    indices.withUnsafeMutableBufferPointer { indices in
      nearest.withUnsafeMutableBufferPointer { nearest in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { distances in
          for row in 0..<count {
            rows.squaredDistances(from: row, into: distances)
            distances[row] = .infinity
            let start = row * k
            let last = start + k - 1
            for other in 0..<count where distances[other] < nearest[last] {
              let distance = distances[other]
              var place = last
              while place > start, nearest[place - 1] > distance {
                nearest[place] = nearest[place - 1]
                indices[place] = indices[place - 1]
                place -= 1
              }
              nearest[place] = distance
              indices[place] = Int32(other)
            }
          }
        }
      }
    }
    self.k = k
    self.indices = indices
    squaredDistances = nearest
  }

  /// The numbers of the neighbours of one row.
  subscript(row: Int) -> ArraySlice<Int32> { indices[row * k..<(row + 1) * k] }
}
