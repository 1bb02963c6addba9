import Benchmarking
import DirectFeedback
import Testing

@Suite("Benchmarks") struct BenchmarkTests {
  private func small() throws -> BenchmarkSubject {
    BenchmarkSubject(try BenchmarkNetwork.named("mlp-small"), device: .cpu)
  }

  @Test("A method's word is read and written", arguments: ["bp", "dfa", "shallow+gradients"])
  func words(_ word: String) throws {
    #expect(try BenchmarkMethod(parsing: word).label == word)
  }

  @Test(
    "A word that means nothing says so",
    arguments: [
      ("dfaa", "unknown method 'dfaa'; did you mean 'dfa'?"),
      ("dfa+gradient", "unknown option of a method 'gradient'; did you mean 'gradients'?"),
      ("dfa+", "unknown option of a method ''; there is gradients"),
    ])
  func wrongWords(_ word: String, _ message: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try BenchmarkMethod(parsing: word) }
    #expect("\(try #require(error))" == message)
  }

  @Test("Steps move the parameters, unless only gradients are asked for") func options() throws {
    for (word, moves) in [("dfa", true), ("dfa+gradients", false)] {
      let contestant = try small().contestant(BenchmarkMethod(parsing: word))
      let before = contestant.store.tensors.mapValues { $0.detached().cloned() }
      contestant.step()
      #expect(contestant.store.tensors.contains { before[$0]?.equals($1) == false } == moves)
    }
  }

  @Test("Slow steps take short turns and few rounds, and what is told is kept") func pace() {
    let fast = BenchmarkPace(secondsOfStep: [1e-3, 1e-3])
    #expect((fast.stepsInTurn, fast.uncountedSteps, fast.rounds, fast.warmup) == (10, 2, 40, 3))
    let slow = BenchmarkPace(secondsOfStep: [0.5, 0.5])
    #expect((slow.stepsInTurn, slow.uncountedSteps, slow.rounds, slow.warmup) == (3, 1, 10, 1))
    #expect(BenchmarkPace(secondsOfStep: [100]).rounds == 5)
    #expect(BenchmarkPace(secondsOfStep: [100], rounds: 1, warmup: 0).rounds == 1)
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
    #expect(bp.activationBytes > 0 && bp.peakBytes >= bp.activationBytes)
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
