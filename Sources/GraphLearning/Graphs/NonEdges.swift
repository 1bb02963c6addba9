import Torch

/// The pairs of different nodes that no edge joins.
///
/// They are numbered row by row, but not listed: the k-th is found by two binary searches, for its row among the
/// numbers of the rows' pairs and for its place between the row's edges. So one draw gives one pair, however dense
/// the graph, in O(log N) time. Takes O(N + E) time to build.
public struct NonEdges: Sendable {
  /// Which pairs.
  public enum Part: Sendable {
    /// Every pair (i, j) with i ≠ j and no edge from i to j.
    case all
    /// Those with i < j.
    case upperTriangle
  }

  private let graph: Graph
  private let part: Part
  /// The number of the first pair of each row, and at last the number of pairs.
  private let rowStarts: [Int]

  /// The pairs that a graph does not join.
  public init(of graph: Graph, _ part: Part) {
    // A node's edge to itself takes the place of the pair that is none.
    let graph = graph.withSelfLoops
    var rowStarts = [0]
    rowStarts.reserveCapacity(graph.nodes + 1)
    var count = 0
    for node in 0..<graph.nodes {
      let candidates = graph.nodes - NonEdges.firstCandidate(node, part)
      count += candidates - NonEdges.excluded(graph, node, part).count
      rowStarts.append(count)
    }
    (self.graph, self.part, self.rowStarts) = (graph, part, rowStarts)
  }

  /// How many there are.
  public var count: Int { rowStarts[graph.nodes] }

  /// The k-th pair, in the order of sources, then targets.
  public subscript(number: Int) -> (source: Int, target: Int) {
    guard (0..<count).contains(number) else {
      fatalError("NonEdges: pair \(number), where there are 0 ..< \(count)")
    }
    let row = partitionPoint(0..<graph.nodes) { rowStarts[$0 + 1] <= number }
    let place = number - rowStarts[row]
    let first = NonEdges.firstCandidate(row, part)
    let excluded = NonEdges.excluded(graph, row, part)
    // Before the m-th excluded node lie so many others: its number less the first candidate's and m.
    let before = partitionPoint(excluded.indices) {
      Int(graph.targets[$0]) - first - ($0 - excluded.lowerBound) <= place
    }
    return (row, first + place + before - excluded.lowerBound)
  }

  /// Pairs drawn uniformly and one regardless of the other.
  /// - Throws: ``GraphError/tooFewNonEdges(found:needed:)`` when there are none.
  public func sample(_ count: Int, _ generator: RandomGenerator) throws -> NodePairs {
    guard count == 0 || self.count > 0 else { throw GraphError.tooFewNonEdges(found: 0, needed: 1) }
    return pairs(draw(count, generator))
  }

  /// Pairs drawn uniformly, none twice.
  /// - Throws: ``GraphError/tooFewNonEdges(found:needed:)`` when there are not so many.
  public func distinct(_ count: Int, _ generator: RandomGenerator) throws -> NodePairs {
    guard count <= self.count else { throw GraphError.tooFewNonEdges(found: self.count, needed: count) }
    if count > self.count / 2 {
      return pairs(generator.permutation(self.count).scalars(Int64.self).prefix(count).map(Int.init))
    }
    var numbers: [Int] = []
    var seen: Set<Int> = []
    while numbers.count < count {
      for number in draw(count - numbers.count, generator) where seen.insert(number).inserted {
        numbers.append(number)
      }
    }
    return pairs(numbers)
  }

  private func draw(_ count: Int, _ generator: RandomGenerator) -> [Int] {
    generator.uniform([count], dtype: .float64).scalars(Double.self).map {
      min(Int($0 * Double(self.count)), self.count - 1)
    }
  }

  private func pairs(_ numbers: [Int]) -> NodePairs {
    var result = NodePairs()
    result.sources.reserveCapacity(numbers.count)
    result.targets.reserveCapacity(numbers.count)
    for number in numbers {
      let pair = self[number]
      result.append(pair.source, pair.target)
    }
    return result
  }

  /// The least node that may be the target in a row.
  private static func firstCandidate(_ row: Int, _ part: Part) -> Int { part == .all ? 0 : row + 1 }

  /// The places of the targets that are not, of those that may be.
  private static func excluded(_ graph: Graph, _ row: Int, _ part: Part) -> Range<Int> {
    let edges = Int(graph.sourceStarts[row])..<Int(graph.sourceStarts[row + 1])
    guard part == .upperTriangle else { return edges }
    return partitionPoint(edges) { graph.targets[$0] <= row }..<edges.upperBound
  }
}

/// The first place where a condition no longer holds, which holds up to some place only.
private func partitionPoint(_ places: Range<Int>, _ condition: (Int) -> Bool) -> Int {
  var (low, high) = (places.lowerBound, places.upperBound)
  while low < high {
    let middle = low + (high - low) / 2
    if condition(middle) { low = middle + 1 } else { high = middle }
  }
  return low
}
