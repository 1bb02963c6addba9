import Foundation

/// How much every two rows belong together, `p_ij`, symmetric and of sum 1, as rows of a sparse matrix.
///
/// `p_ij = (p_j|i + p_i|j) / 2N`, where `p_j|i` is proportional to `exp(-β_i |x_i - x_j|²)` over the nearest
/// neighbours j of i, with `β_i` such that the distribution has the wanted perplexity, `2^entropy`.
///
/// **Source** van der Maaten and Hinton 2008, eq. 1 and section 3.1; van der Maaten 2014, section 4.1.
package struct Affinities: Sendable {
  /// Where the entries of each row begin, and at last where they end. **Shape** `[N + 1]`
  package let rowStarts: [Int]
  /// The columns of the entries, increasing in each row.
  package let columns: [Int32]
  /// `p_ij` of the entries.
  package let values: [Double]

  /// N.
  package var count: Int { rowStarts.count - 1 }

  /// The affinities of `rows`.
  ///
  /// - Parameter neighbours: how many neighbours of a row may have an affinity to it, of those nearest.
  package init(_ rows: EmbeddingRows, perplexity: Double, neighbours: Int) {
    let nearest = NearestNeighbours(rows, k: neighbours)
    let count = rows.count
    var entries: [[(column: Int32, value: Double)]] = Array(repeating: [], count: count)
    var conditional = [Double](repeating: 0, count: neighbours)
    for row in 0..<count {
      let range = row * neighbours..<(row + 1) * neighbours
      Self.fill(&conditional, nearest.squaredDistances[range], perplexity: perplexity)
      for (index, column) in nearest.indices[range].enumerated() {
        let half = conditional[index] / (2 * Double(count))
        entries[row].append((column, half))
        entries[Int(column)].append((Int32(row), half))
      }
    }
    var starts = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for row in entries {
      for entry in row.sorted(by: { $0.column < $1.column }) {
        // Never more than two of one column: one from each side.
        if columns.count > starts[starts.count - 1], columns[columns.count - 1] == entry.column {
          values[values.count - 1] += entry.value
        } else {
          columns.append(entry.column)
          values.append(entry.value)
        }
      }
      starts.append(columns.count)
    }
    (rowStarts, self.columns, self.values) = (starts, columns, values)
  }

  /// Finds β by bisection and fills `probabilities` with the distribution.
  ///
  /// Where more neighbours are equally near than the perplexity, no β is great enough; they then share alike.
  private static func fill(
    _ probabilities: inout [Double], _ squaredDistances: ArraySlice<Float>, perplexity: Double
  ) {
    let nearest = Double(squaredDistances[squaredDistances.startIndex])
    let distances = squaredDistances.map { Double($0) - nearest }
    let mean = distances.reduce(0, +) / Double(distances.count)
    guard mean > 0 else {
      probabilities = distances.map { _ in 1 / Double(distances.count) }
      return
    }
    var beta = 1 / mean
    var (low, high) = (0.0, Double.infinity)
    for _ in 0..<200 {
      var (sum, weighted) = (0.0, 0.0)
      for (index, distance) in distances.enumerated() {
        let weight = exp(-beta * distance)
        probabilities[index] = weight
        sum += weight
        weighted += weight * distance
      }
      for index in probabilities.indices { probabilities[index] /= sum }
      // The entropy in natural units: log(sum) + β mean distance.
      let difference = log(sum) + beta * weighted / sum - log(perplexity)
      if abs(difference) < 1e-7 { return }
      if difference > 0 { low = beta } else { high = beta }
      beta = high < .infinity ? (low + high) / 2 : beta * 2
      guard beta.isFinite, low < high.nextDown else { return }
    }
  }
}
