import Benchmarking
import DirectFeedback
import Testing

@Suite("Random graphs") struct RandomGraphTests {
  @Test(
    "As many different pairs of different nodes as were asked for, in order",
    arguments: [(10, 1), (10, 22), (1_000, 5_000), (70_000, 100_000)])
  func pairs(_ nodes: Int, _ count: Int) {
    let pairs = RandomGraph.pairs(nodes: nodes, count: count, seed: 1)
    #expect(pairs.count == count)
    #expect(pairs.allSatisfy { $0 >= 0 && $0 < $1 && $1 < nodes })
    #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("A seed gives the same pairs, another seed others") func seeds() {
    func codes(_ seed: UInt64) -> [Int] {
      RandomGraph.pairs(nodes: 100, count: 400, seed: seed).map { Int($0) * 100 + Int($1) }
    }
    #expect(codes(3) == codes(3))
    #expect(codes(3) != codes(4))
  }

  @Test("Every pair is as likely as any other") func uniform() {
    // 10 nodes have 45 pairs; 9 of them are drawn, 2000 times: each 400 times, with a deviation of 17.9.
    var counts: [Int: Int] = [:]
    for seed in 0..<2_000 {
      for (first, second) in RandomGraph.pairs(nodes: 10, count: 9, seed: UInt64(seed)) {
        counts[Int(first) * 10 + Int(second), default: 0] += 1
      }
    }
    #expect(counts.count == 45)
    #expect(counts.values.allSatisfy { (310...490).contains($0) })
  }

  @Test("The graph has an edge in each direction, and a network trains on it by every method")
  func trains() throws {
    let random = try RandomGraph(nodes: 300, edges: 1_200, features: 6, classes: 4, seed: 2)
    #expect(random.graph.nodes == 300 && random.graph.edges == 2_400)
    #expect(random.graph.inDegrees == random.graph.outDegrees)
    for method in MethodName.allCases {
      let contestant = try BenchmarkSubject(random, hidden: 5).contestant(BenchmarkMethod(method))
      let before = contestant.store.parameters.map { ($0.path, $0.tensor.cloned()) }
      for _ in 0..<2 { contestant.step() }
      for (parameter, (path, old)) in zip(contestant.store.parameters, before) {
        let stays = !method.row.trainsBelowPoints && path.hasPrefix("conv1/")
        #expect(parameter.tensor.isAllFinite && parameter.tensor.equals(old) == stays, "\(path)")
      }
    }
  }

  @Test("An epoch's benchmark compares with the first method, and holds its training and evaluation")
  func epoch() throws {
    let random = try RandomGraph(nodes: 300, edges: 1_200, features: 6, classes: 4, seed: 2)
    let benchmark = try EpochBenchmark(
      BenchmarkSubject(random, hidden: 5), methods: [BenchmarkMethod(.bp), BenchmarkMethod(.dfa)], rounds: 2,
      warmup: 0)
    #expect(benchmark.methods.map(\.label) == ["bp", "dfa"] && benchmark.rounds == 2)
    #expect(benchmark.methods[0].result.ratio == 1 && benchmark.methods[0].result.ratioQuartiles == [1, 1])
    for (_, method) in benchmark.methods {
      #expect(method.secondsOfTraining.min > 0 && method.secondsOfEvaluation.min > 0)
      #expect(method.secondsPerEpoch.min >= method.secondsOfTraining.min + method.secondsOfEvaluation.min)
      #expect(method.peakBytes > 0)
    }
  }
}
