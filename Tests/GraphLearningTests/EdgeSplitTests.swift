import GraphLearning
import Testing
import Torch

@Suite("Splits of edges") struct EdgeSplitTests {
  /// A ring of 50 nodes with chords, two lone nodes, and an edge from node 7 to itself: 100 edges that count.
  private func graph() throws -> Graph {
    let pairs = (0..<50).flatMap { i in [1, 7].map { (Int32(i), Int32((i + $0) % 50)) } }
    return try .undirected(nodes: 52, edges: pairs + [(7, 7)])
  }

  private func set(_ pairs: NodePairs) -> Set<[Int32]> {
    Set(zip(pairs.sources, pairs.targets).map { [$0, $1] })
  }

  private func edges(of graph: Graph) -> Set<[Int32]> {
    Set(
      (0..<graph.nodes).flatMap { target in
        graph.sources[graph.edges(to: target)].filter { $0 < target }.map { [$0, Int32(target)] }
      })
  }

  @Test("Parts have their shares of the edges, without overlap, and every edge is in one") func parts() throws
  {
    let split = try EdgeSplit(of: graph(), seed: 1)
    let parts = [split.training, split.validation, split.test]
    #expect(parts.map(\.count) == [85, 5, 10])
    #expect(parts.map { set($0).count } == [85, 5, 10])
    #expect(parts.reduce(Set()) { $0.union(set($1)) } == edges(of: try graph()))
    let other = try EdgeSplit(of: graph(), validation: 0.299, test: 0.5, seed: 1)
    #expect([other.training, other.validation, other.test].map(\.count) == [21, 29, 50])
  }

  @Test("Negatives are as many as edges, no edges of the whole graph, and none twice", arguments: 0..<20)
  func negatives(_ seed: UInt64) throws {
    let split = try EdgeSplit(of: graph(), seed: seed)
    #expect(split.validationNegatives.count == 5 && split.testNegatives.count == 10)
    let negatives = set(split.validationNegatives).union(set(split.testNegatives))
    #expect(negatives.count == 15 && negatives.allSatisfy { $0[0] < $0[1] })
    #expect(negatives.isDisjoint(with: edges(of: try graph())))
  }

  @Test("A seed gives a split, another seed another") func seeds() throws {
    let split = try EdgeSplit(of: graph(), seed: 1)
    #expect(try EdgeSplit(of: graph(), seed: 1) == split)
    let other = try EdgeSplit(of: graph(), seed: 2)
    #expect(set(other.test) != set(split.test) && set(other.testNegatives) != set(split.testNegatives))
  }

  @Test("Over many seeds every edge is tested about as often, and other pairs too") func chance() throws {
    var counts: [[Int32]: Double] = [:]
    for seed in 0..<300 {
      let split = try EdgeSplit(of: graph(), seed: UInt64(seed))
      for pair in set(split.test).union(set(split.testNegatives)) { counts[pair, default: 0] += 1 }
    }
    let tested = edges(of: try graph()).map { counts[$0] ?? 0 }
    // Thirty times, with a standard deviation of 5.2 over a hundred edges.
    #expect(tested.min() ?? 0 > 8 && tested.max() ?? 100 < 54)
    let low = counts.filter { $0.key[0] < 10 && !edges(of: (try? graph()) ?? ring()).contains($0.key) }
    // Of 1,226 pairs without an edge, those whose lower node is below 10.
    let all = 10 * 51 - 45 - edges(of: try graph()).count { $0[0] < 10 }
    let expected = 3_000.0 * Double(all) / 1_226
    #expect(abs(low.values.reduce(0, +) - expected) < 4 * expected.squareRoot())
  }

  private func ring() -> Graph { preconditionFailure("the ring with chords is no graph") }

  @Test("Too few edges, or too few pairs without one, are refused") func refusals() throws {
    let path = try Graph.undirected(nodes: 20, edges: (0..<19).map { ($0, $0 + 1) })
    #expect(throws: GraphError.tooFewEdges(found: 19, validation: 0, test: 1)) {
      try EdgeSplit(of: path, seed: 1)
    }
    #expect(throws: GraphError.tooFewEdges(found: 19, validation: 9, test: 10)) {
      try EdgeSplit(of: path, validation: 0.49, test: 0.53, seed: 1)
    }
    #expect(throws: GraphError.tooFewEdges(found: 0, validation: 0, test: 0)) {
      try EdgeSplit(of: Graph(nodes: 3, sources: [1], targets: [1]), seed: 1)
    }
    let complete = try Graph.undirected(
      nodes: 12, edges: (0..<12).flatMap { i in (i + 1..<12).map { (Int32(i), Int32($0)) } })
    #expect(throws: GraphError.tooFewNonEdges(found: 0, needed: 9)) { try EdgeSplit(of: complete, seed: 1) }
    #expect(throws: GraphError.notUndirected) { try EdgeSplit(of: directedGraph(), seed: 1) }
    #expect(
      GraphError.tooFewEdges(found: 19, validation: 0, test: 1).description
        == "19 edges are too few to split: 0 would be for validation and 1 to test")
  }
}
