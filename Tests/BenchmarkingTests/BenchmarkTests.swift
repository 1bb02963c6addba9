import Benchmarking
import DirectFeedback
import Testing

@Suite("Benchmarks") struct BenchmarkTests {
  private func small() throws -> BenchmarkSubject {
    try BenchmarkSubject(.smallPerceptron, device: .cpu)
  }

  @Test(
    "A method's word is read and written",
    arguments: ["bp", "dfa+fused", "replay", "replay+fused", "bp+fused+bfloat16"])
  func words(_ word: String) throws {
    #expect(try BenchmarkMethod(parsing: word).label == word)
  }

  @Test(
    "A word that means nothing says so",
    arguments: [
      ("dfaa", "unknown method 'dfaa'; did you mean 'dfa'?"),
      ("dfa+fuse", "unknown option of a method 'fuse'; did you mean 'fused'?"),
      (
        "dfa+",
        "unknown option of a method ''; there are replay, fused, bfloat16, capture, streams, anchors, warmup"
      ),
    ])
  func wrongWords(_ word: String, _ message: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try BenchmarkMethod(parsing: word) }
    #expect("\(try #require(error))" == message)
  }

  @Test(
    "Options change the cost of a step, and not where it leads",
    arguments: ["replay", "dfa+fused", "replay+fused"])
  func options(_ word: String) throws {
    let contestants = try ["dfa", word].map { try small().contestant(BenchmarkMethod(parsing: $0)) }
    for contestant in contestants { for _ in 0..<3 { contestant.step() } }
    for (own, other) in zip(contestants[0].store.parameters, contestants[1].store.parameters) {
      #expect(own.tensor.equals(other.tensor))
    }
    let products = contestants.map { $0.trace().multiplyAccumulates }
    #expect(word.hasPrefix("replay") ? products[1] > products[0] : products[1] == products[0])
  }

  @Test("What only a GPU can do is not measured on the CPU", arguments: ["dfa+capture", "dfa+streams"])
  func impossible(_ word: String) throws {
    #expect(throws: ConfigurationError.self) {
      try StepBenchmark(small(), methods: [BenchmarkMethod(parsing: word)], rounds: 1, warmup: 0)
    }
  }

  @Test("Replay keeps one segment, and DFA what backpropagation keeps and its signals") func memory() async {
    // In a process of its own, because the count of bytes is the process's.
    await #expect(processExitsWith: .success) {
      let benchmark = try MemoryBenchmark(
        depths: [8, 32], width: 64, batch: 2048,
        methods: ["bp", "dfa", "replay"].map(BenchmarkMethod.init(parsing:)),
        device: .cpu)
      func bytes(_ label: String) -> [Int] { benchmark.methods[label]?.activationBytes ?? [] }
      let signals = 2048 * 64 * 4
      precondition(bytes("dfa")[1] <= bytes("bp")[1] + signals, "\(benchmark.methods)")
      precondition(Double(bytes("replay")[1]) < 1.05 * Double(bytes("replay")[0]), "\(benchmark.methods)")
      precondition(bytes("replay")[1] * 5 < bytes("bp")[1], "\(benchmark.methods)")
    }
  }

  @Test("Slow steps take short turns and few rounds, and what is told is kept") func pace() {
    let fast = BenchmarkPace(secondsOfStep: [1e-3, 1e-3])
    #expect((fast.stepsInTurn, fast.uncountedSteps, fast.rounds, fast.warmup) == (10, 2, 40, 3))
    let slow = BenchmarkPace(secondsOfStep: [0.5, 0.5])
    #expect((slow.stepsInTurn, slow.uncountedSteps, slow.rounds, slow.warmup) == (3, 1, 10, 1))
    #expect(BenchmarkPace(secondsOfStep: [100]).rounds == 5)
    #expect(BenchmarkPace(secondsOfStep: [100], rounds: 1, warmup: 0).rounds == 1)
    #expect(BenchmarkPace(secondsOfEpoch: [0.5, 0.5]) == slow)
    let long = BenchmarkPace(secondsOfEpoch: [4, 2])
    #expect((long.stepsInTurn, long.uncountedSteps, long.rounds, long.warmup) == (1, 0, 5, 0))
    let longer = BenchmarkPace(secondsOfEpoch: [60], warmup: 2)
    #expect((longer.rounds, longer.warmup) == (3, 2))
  }

  @Test("A step's benchmark compares with the first method") func step() throws {
    let benchmark = try StepBenchmark(
      small(), methods: [BenchmarkMethod(.bp), BenchmarkMethod(.dfa)], rounds: 2, warmup: 0)
    #expect(benchmark.methods.map(\.label) == ["bp", "dfa"])
    let (bp, dfa) = (benchmark.methods[0].result, benchmark.methods[1].result)
    #expect(bp.ratio == 1 && bp.limit == 1 && bp.ratioQuartiles == [1, 1])
    // 32 x (3 x (32·64 + 64·64 + 64·10) - 32·64): no gradient by the input of the first layer.
    #expect(bp.multiplyAccumulates == 32 * (3 * 6_784 - 2_048))
    #expect(dfa.multiplyAccumulates == 32 * (2 * 6_784 + 10 * 64))
    #expect(dfa.limit == Double(dfa.multiplyAccumulates) / Double(bp.multiplyAccumulates))
    #expect(abs(dfa.gflops - 2e-9 * Double(dfa.multiplyAccumulates) / dfa.secondsPerStep.median) < 1e-9)
    #expect(abs(dfa.peakShare - dfa.gflops / benchmark.peakGflops) < 1e-12)
    let rows = benchmark.table.rows
    #expect(rows.map { $0[0] } == ["bp", "dfa"] && benchmark.table.columns.count == rows[0].count)
    #expect(Array(rows[0][3...6]) == ["1.000", "1.000 to 1.000", "1.000", "0.001"])
  }

  @Test("A step's peak holds its activations") func stepMemory() async {
    // In a process of its own, as above.
    await #expect(processExitsWith: .success) {
      let subject = try BenchmarkSubject(.smallPerceptron, device: .cpu)
      let benchmark = try StepBenchmark(subject, methods: [BenchmarkMethod(.bp)], rounds: 2, warmup: 0)
      let bp = benchmark.methods[0].result
      precondition(bp.activationBytes > 0 && bp.peakBytes >= bp.activationBytes, "\(bp)")
    }
  }

  @Test("The parts of a profile are a step's time, and DFA has no input gradients") func profile() throws {
    for method in [MethodName.bp, .dfa] {
      let profile = try StepProfile(small(), method: BenchmarkMethod(method), steps: 3)
      #expect(profile.parts.count == StepPart.allCases.count)
      #expect(profile.parts.values.allSatisfy { $0.seconds >= 0 && $0.share <= 1 })
      let inputs = try #require(profile.parts[.inputGradientProducts]?.seconds)
      let projection = try #require(profile.parts[.projection]?.seconds)
      #expect((inputs > 0, projection > 0) == (method == .bp, method == .dfa))
      for part in [StepPart.forwardProducts, .weightGradientProducts, .loss, .optimizer] {
        #expect((profile.parts[part]?.seconds ?? 0) > 0)
      }
      #expect((0...1).contains(profile.productShare))
    }
  }
}
