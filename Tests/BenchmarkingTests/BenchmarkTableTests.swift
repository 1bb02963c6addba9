import Benchmarking
import DirectFeedback
import Foundation
import TestSupport
import Testing

@Suite("What benchmarks sum up") struct BenchmarkTableTests {
  private func small() throws -> BenchmarkSubject { try BenchmarkSubject(.smallPerceptron, device: .cpu) }

  @Test("An epoch's table has a row for each method, beside a line of what holds for all") func epoch() throws
  {
    let benchmark = try EpochBenchmark(
      BenchmarkSubject(Experiment<ToyTask>(preset: "tuned")),
      methods: ["dfa", "bp+fused"].map(BenchmarkMethod.init(parsing:)), rounds: 2, warmup: 0)
    #expect(benchmark.labels.task == "toy" && benchmark.labels.title == "tuned")
    let (table, other) = (benchmark.table, benchmark.methods[1].result)
    #expect(table.rows.map { $0[0] } == ["dfa", "bp+fused"])
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    #expect(table.rows[0][5...6] == ["1.000", "1.000 to 1.000"])
    #expect(table.rows[1][1] == String(format: "%.3f", other.secondsPerEpoch.median * 1e3))
    #expect(table.rows[1][5] == String(format: "%.3f", other.ratio))
    #expect(benchmark.summary.hasPrefix("2 rounds of \(benchmark.epochsInRound), "))
    #expect(benchmark.summary.contains(" threads on cpu; tensors before "))
  }

  @Test("A preset whose steps cannot be made as asked is refused before anything is measured") func refused()
  {
    #expect(throws: ConfigurationError.self) {
      try EpochBenchmark(
        BenchmarkSubject(Experiment<ToyTask>()), methods: [BenchmarkMethod(parsing: "dfa+capture")],
        rounds: 1, warmup: 0)
    }
  }

  @Test("A small network's tensors do not grow over steps, and each sample is told") func endurance() async {
    // In a process of its own, because the count of bytes is the process's.
    await #expect(processExitsWith: .success) {
      var told: [Int] = []
      let benchmark = try EnduranceBenchmark(
        BenchmarkMethod(parsing: "dfa+fused"), steps: 25, every: 10, device: .cpu
      ) { told.append($0.step) }
      let alive = try #require(benchmark.aliveBytes)
      precondition(told == [10, 20, 25] && benchmark.samples.map(\.step) == told)
      precondition(alive.growth == 0 && alive.first > 0 && alive.max == alive.first, "\(alive)")
      precondition(benchmark.method == "dfa+fused" && benchmark.network == "mlp-small")
      let row = try #require(benchmark.table.rows.last)
      precondition(row[0] == "tensors" && row[1] == row[2] && row[4] == "0 B", "\(row)")
    }
  }

  @Test("Every layer takes as many bytes, which is the slope; a single depth has none") func memory() async {
    await #expect(processExitsWith: .success) {
      let (bp, replay) = (BenchmarkMethod(.bp), try BenchmarkMethod(parsing: "replay"))
      let benchmark = try MemoryBenchmark(
        depths: [4, 8, 16], width: 32, batch: 512, methods: [replay, bp], device: .cpu)
      let found = try #require(benchmark.methods["bp"])
      let slope = Double(found.activationBytes[2] - found.activationBytes[0]) / 12
      precondition(found.bytesPerLayer.map { abs($0 - slope) < 0.02 * slope } == true, "\(found)")
      precondition(slope >= 512 * 32 * 4, "\(found)")
      precondition(benchmark.table.rows.map { $0[0] } == ["4", "8", "16"])
      precondition(benchmark.table.columns.map(\.title) == ["layers", "bp", "replay"])
      let series = benchmark.chart.series
      precondition(series.map(\.name) == ["bp", "replay"] && series[0].x == [4, 8, 16])
      precondition(series[0].y == found.activationBytes.map { Double($0) / 1_048_576 })
      let single = try MemoryBenchmark(depths: [4], width: 8, batch: 8, methods: [bp], device: .cpu)
      precondition(single.methods["bp"]?.activationBytes.count == 1)
      precondition(single.methods["bp"]?.bytesPerLayer == nil)
    }
  }

  @Test("The parts of one step are all of it", arguments: ["bp", "dfa", "replay", "dfa+fused"])
  func profile(_ word: String) throws {
    let profile = try StepProfile(small(), method: BenchmarkMethod(parsing: word), steps: 1)
    let seconds = profile.parts.values.reduce(0) { $0 + $1.seconds }
    #expect(abs(seconds - profile.secondsPerStep.median) < 1e-9)
    #expect(abs(profile.parts.values.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    let rows = profile.table.rows
    #expect(rows.map { $0[0] } == StepPart.allCases.map(\.title) + ["all products"])
    #expect(Set(rows.map { $0[0] }).count == rows.count)
    #expect(rows.last?[2] == String(format: "%.1f", profile.productShare * 100))
  }

  @Test("On a graph, too, DFA projects instead of sending gradients down") func graph() throws {
    let random = try RandomGraph(nodes: 300, edges: 1_200, features: 6, classes: 4, seed: 2)
    for method in [MethodName.bp, .dfa, .shallow] {
      let profile = try StepProfile(
        BenchmarkSubject(random, hidden: 5), method: BenchmarkMethod(method), steps: 1)
      #expect((profile.parts[.projection]?.seconds ?? 0 > 0) == (method == .dfa), "\(method)")
      #expect(profile.parts[.loss]?.seconds ?? 0 > 0 && profile.parts[.optimizer]?.seconds ?? 0 > 0)
    }
  }

  @Test("A projection's text says what one matrix for all layers saves, and what was measured")
  func projection() {
    let matrices = [
      FeedbackConfiguration(kind: .hadamard), FeedbackConfiguration(kind: .sign, storage: .regenerated),
    ]
    let benchmark = ProjectionBenchmark(matrices, errorWidth: 4, width: 16, rows: 2)
    let lines = benchmark.text.split(separator: "\n")
    #expect(lines[0].hasSuffix(" 54.2 GB") && lines[1].hasSuffix(" 12.8 GB"))
    #expect(lines[2].hasPrefix("[2, 4] times [4, 16], "))
    #expect(benchmark.projections.map(\.kind) == ["hadamard", "sign"])
    #expect(benchmark.projections.map(\.storage) == ["stored", "regenerated"])
    #expect(benchmark.projections[1].storedBytes == 0)
    for (line, measured) in zip(lines.suffix(2), benchmark.projections) {
      #expect(line.hasPrefix(measured.kind) && line.contains(" \(measured.storage) "))
    }
  }

  @Test("Steps wait for images a part of their time, with the batches of the preset")
  func loading() throws {
    let scratch = try TemporaryFolder()
    try DiscImages.write(to: scratch.url)
    let settings = [
      "images=\(scratch.url.path)", "validationImages=6", "resized=40", "cropped=36", "training.batchSize=5",
      "denseUnits=8",
    ]
    let measured = try LoadingBenchmark(
      Experiment(VGG16Task.self, preset: "debug", assignments: settings), method: .dfa, steps: 4)
    #expect(measured.steps == 4 && measured.batchSize == 5)
    #expect((0...1).contains(measured.waitedShare) && measured.waitedSeconds <= measured.seconds)
  }
}
