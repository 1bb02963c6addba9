/// Edges sorted by one of their ends.
struct EdgeOrder {
  /// Where the edges of each node begin, and at last their number.
  let starts: [Int32]
  /// The other end of each edge.
  let others: [Int32]

  /// Edges that are sorted already.
  init(starts: [Int32], others: [Int32]) {
    self.starts = starts
    self.others = others
  }

  /// Sorts edges by `ends`, in time linear in nodes and edges; equal ends keep their order.
  init(by ends: [Int32], other: [Int32], count nodes: Int) {
    var starts = [Int32](repeating: 0, count: nodes + 1)
    for end in ends { starts[Int(end) + 1] += 1 }
    for node in 0..<nodes { starts[node + 1] += starts[node] }
    var next = starts
    self.starts = starts
    others = [Int32](unsafeUninitializedCapacity: ends.count) { buffer, count in
      for (end, other) in zip(ends, other) {
        buffer[Int(next[Int(end)])] = other
        next[Int(end)] += 1
      }
      count = ends.count
    }
  }

  /// The edges of a node.
  func edges(of node: Int) -> Range<Int> { Int(starts[node])..<Int(starts[node + 1]) }

  /// For each edge `1 / sqrt(d_i d_j)`, where d is how many edges a node has, and 0 where it has none.
  var normalizedWeights: [Float] {
    let nodes = starts.count - 1
    let scale: [Float] = (0..<nodes).map { node in
      let degree = edges(of: node).count
      return degree == 0 ? 0 : 1 / Float(degree).squareRoot()
    }
    var values = [Float](repeating: 0, count: others.count)
    for node in 0..<nodes {
      for edge in edges(of: node) { values[edge] = scale[node] * scale[Int(others[edge])] }
    }
    return values
  }

  /// The same edges sorted by their other ends, and for one of these by the first.
  func exchanged() -> EdgeOrder {
    let nodes = starts.count - 1
    var newStarts = [Int32](repeating: 0, count: nodes + 1)
    for other in others { newStarts[Int(other) + 1] += 1 }
    for node in 0..<nodes { newStarts[node + 1] += newStarts[node] }
    var next = newStarts
    let ends = [Int32](unsafeUninitializedCapacity: others.count) { buffer, count in
      for node in 0..<nodes {
        for edge in edges(of: node) {
          let other = Int(others[edge])
          buffer[Int(next[other])] = Int32(node)
          next[other] += 1
        }
      }
      count = others.count
    }
    return EdgeOrder(starts: newStarts, others: ends)
  }
}
