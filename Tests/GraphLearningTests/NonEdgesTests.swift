import GraphLearning
import Testing
import Torch

@Suite("Pairs without an edge") struct NonEdgesTests {
  /// Every pair, found the slow way.
  private func listed(_ graph: Graph, _ part: NonEdges.Part) -> [[Int]] {
    let edges = Set(
      (0..<graph.nodes).flatMap { target in graph.sources[graph.edges(to: target)].map { [Int($0), target] } }
    )
    return (0..<graph.nodes).flatMap { i in
      (0..<graph.nodes).filter { $0 != i && (part == .all || $0 > i) }.map { [i, $0] }
    }.filter { !edges.contains($0) }
  }

  private func random(nodes: Int, density: Double, seed: UInt64) throws -> Graph {
    let draws = RandomGenerator(seed: seed).uniform([nodes * nodes]).scalars(Float.self)
    let places = (0..<nodes * nodes).filter { Double(draws[$0]) < density }
    return try Graph(
      nodes: nodes, sources: places.map { Int32($0 / nodes) }, targets: places.map { Int32($0 % nodes) })
  }

  @Test(
    "They are numbered in order, each once, for graphs of every density",
    arguments: [0, 0.1, 0.5, 0.9, 1], [NonEdges.Part.all, .upperTriangle])
  func numbering(_ density: Double, _ part: NonEdges.Part) throws {
    for nodes in [1, 2, 3, 7, 20] {
      let graph = try random(nodes: nodes, density: density, seed: UInt64(nodes))
      let nonEdges = NonEdges(of: graph, part)
      let found = (0..<nonEdges.count).map { number in
        let pair = nonEdges[number]
        return [pair.source, pair.target]
      }
      #expect(found == listed(graph, part))
    }
  }

  @Test("Samples are uniform: each pair is drawn as often as chance has it") func uniform() throws {
    let graph = try directedGraph()
    let nonEdges = NonEdges(of: graph, .all)
    // Twenty ordered pairs less five edges between unlike nodes.
    #expect(nonEdges.count == 15)
    let sample = try nonEdges.sample(15_000, RandomGenerator(seed: 1))
    var counts: [[Int32]: Int] = [:]
    for pair in zip(sample.sources, sample.targets) { counts[[pair.0, pair.1], default: 0] += 1 }
    #expect(Set(counts.keys.map { $0.map(Int.init) }) == Set(listed(graph, .all)))
    // Chi-squared with 14 degrees of freedom is beyond 36.1 once in a thousand times.
    let chiSquared = counts.values.reduce(0.0) { $0 + (Double($1) - 1_000) * (Double($1) - 1_000) / 1_000 }
    #expect(chiSquared < 36.1)
  }

  @Test("Distinct pairs are as many as asked for, none twice, few or all", arguments: [0, 1, 40, 100, 180])
  func distinct(_ count: Int) throws {
    let graph = try Graph(nodes: 20, sources: [3], targets: [4])
    let nonEdges = NonEdges(of: graph, .upperTriangle)
    #expect(nonEdges.count == 189)
    let pairs = try nonEdges.distinct(count, RandomGenerator(seed: 5))
    #expect(pairs.count == count)
    #expect(Set(zip(pairs.sources, pairs.targets).map { [$0, $1] }).count == count)
    #expect(zip(pairs.sources, pairs.targets).allSatisfy { $0 < $1 && [$0, $1] != [3, 4] })
  }

  @Test("A graph with too few pairs without an edge is refused, one with a single pair is not") func dense()
    throws
  {
    let pairs = (0..<5).flatMap { i in (i + 1..<5).map { (Int32(i), Int32($0)) } }
    let complete = NonEdges(of: try .undirected(nodes: 5, edges: pairs), .all)
    let generator = RandomGenerator(seed: 1)
    #expect(throws: GraphError.tooFewNonEdges(found: 0, needed: 1)) { try complete.sample(3, generator) }
    let nearly = NonEdges(of: try .undirected(nodes: 5, edges: Array(pairs.dropLast())), .upperTriangle)
    #expect(try nearly.sample(3, generator) == NodePairs(sources: [3, 3, 3], targets: [4, 4, 4]))
    #expect(try nearly.distinct(1, generator) == NodePairs(sources: [3], targets: [4]))
    #expect(throws: GraphError.tooFewNonEdges(found: 1, needed: 2)) { try nearly.distinct(2, generator) }
    #expect(
      GraphError.tooFewNonEdges(found: 1, needed: 2).description
        == "the graph is too dense: 1 pairs of nodes have no edge, where 2 are needed")
  }

  @Test("A million nodes are no table of a million squared") func large() throws {
    let nodes = 1_000_000
    let ring = try Graph(
      nodes: nodes, sources: (0..<Int32(nodes)).map { $0 },
      targets: (0..<Int32(nodes)).map { ($0 + 1) % Int32(nodes) })
    let nonEdges = NonEdges(of: ring, .all)
    #expect(nonEdges.count == nodes * nodes - 2 * nodes)
    let sample = try nonEdges.sample(100_000, RandomGenerator(seed: 2))
    #expect(
      zip(sample.sources, sample.targets).allSatisfy { $0 != $1 && ($0 + 1) % Int32(nodes) != $1 })
    #expect(nonEdges[nonEdges.count - 1] == (nodes - 1, nodes - 2))
  }
}
