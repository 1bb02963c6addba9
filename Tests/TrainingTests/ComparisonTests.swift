import Basics
import FeedbackAlignment
import Foundation
import TestSupport
import Testing
import Training

@Suite("Comparing methods") struct ComparisonTests {
  @Test("Pooled alignment is that of all rows together") func pooling() {
    // Rows 0.1, 0.5 and one without a signal; row 0.3 and two without.
    let first = PointAlignment(point: "p", mean: 0.3, std: (0.08).squareRoot(), rows: 2, skipped: 1)
    let second = PointAlignment(point: "p", mean: 0.3, std: nil, rows: 1, skipped: 2)
    let pooled = PointAlignment(pooling: [first, second])
    #expect(abs((pooled.mean ?? 0) - 0.3) < 1e-15 && abs((pooled.std ?? 0) - 0.2) < 1e-15)
    #expect(pooled.rows == 3 && pooled.skipped == 3 && pooled.point == "p")
    // Rows 0, 1 and 0.8, 0.2, 0.5: mean 0.5, squares 0.25 + 0.25 + 0.09 + 0.09 + 0.
    let apart = PointAlignment(pooling: [
      PointAlignment(point: "p", mean: 0.5, std: (0.5).squareRoot(), rows: 2, skipped: 0),
      PointAlignment(point: "p", mean: 0.5, std: 0.3, rows: 3, skipped: 0),
    ])
    #expect(abs((apart.std ?? 0) - (0.68 / 4).squareRoot()) < 1e-15)
    let unlike = PointAlignment(pooling: [
      PointAlignment(point: "p", mean: 0, std: 0, rows: 2, skipped: 0),
      PointAlignment(point: "p", mean: 1, std: 0, rows: 2, skipped: 0),
    ])
    #expect(unlike.mean == 0.5 && abs((unlike.std ?? 0) - (1.0 / 3).squareRoot()) < 1e-15)
    let none = PointAlignment(pooling: [PointAlignment(point: "p", mean: nil, std: nil, rows: 0, skipped: 4)])
    #expect(none.mean == nil && none.std == nil && none.skipped == 4)
  }

  @Test("Every number is that of the runs, over the same seeds") func numbers() throws {
    let comparison = try Comparison(Experiment<ToyTask>(), methods: [.dfa, .bp, .shallow], seeds: [3, 8])
    #expect(comparison.orderedMethods.map(\.name) == [.bp, .dfa, .shallow])
    for (name, method) in comparison.orderedMethods {
      let runs = try [UInt64(3), 8].map { seed in
        let trainer = try toyTrainer(name, seed: seed)
        try trainer.train()
        return trainer
      }
      let results = try runs.map { try $0.result() }
      let accuracies = results.compactMap { $0.metrics["testAccuracy"] }
      #expect(method.metrics["testAccuracy"] == Statistics(accuracies))
      #expect(
        method.metrics.keys.sorted()
          == ["testAccuracy", "testLoss", "trainLoss", "validationAccuracy", "validationLoss"])
      let alignments = results.map(\.alignment)
      if name == .dfa {
        #expect(
          method.alignment == [0, 1].map { index in PointAlignment(pooling: alignments.map { $0[index] }) })
      } else {
        #expect(method.alignment == nil)
      }
      #expect(method.peakBytes > 0)
    }
  }

  @Test("In a folder runs are kept: a comparison that was cut goes on, and more seeds and methods only add")
  func kept() throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.file("comparison")
    var trained: [String] = []
    func compare(
      _ methods: [MethodName], seeds: [UInt64], _ settings: [String] = [], killedAfter runs: Int = .max
    )
      throws -> Comparison
    {
      trained = []
      let kill = Hook(step: { _ in if trained.count > runs { throw Killed() } })
      return try Comparison(
        Experiment<ToyTask>(assignments: settings), methods: methods, seeds: seeds, in: folder
      ) { method, seed in
        trained.append("\(method.rawValue) \(seed)")
        return [kill]
      }
    }
    #expect(throws: Killed.self) { try compare([.bp, .dfa], seeds: [3, 8], killedAfter: 2) }
    let comparison = try compare([.bp, .dfa], seeds: [3, 8])
    #expect(trained == ["bp 8", "dfa 8"])
    let whole = try Comparison(Experiment<ToyTask>(), methods: [.bp, .dfa], seeds: [3, 8])
    for (name, method) in whole.methods {
      #expect(comparison.methods[name]?.metrics == method.metrics)
      #expect(comparison.methods[name]?.alignment == method.alignment)
    }
    #expect(comparison.chart("testAccuracy").series.map(\.y) == whole.chart("testAccuracy").series.map(\.y))
    #expect(try compare([.bp, .dfa], seeds: [3, 8]) == comparison)
    #expect(trained == [])
    #expect(
      try compare([.bp, .shallow], seeds: [8, 9]).methods["bp"]?.metrics["testAccuracy"]?.values.count == 2)
    #expect(trained == ["shallow 8", "bp 9", "shallow 9"])
    _ = try compare([.bp], seeds: [3], ["hidden=[4]"])
    #expect(trained == ["bp 3"])
  }

  @Test("A method that diverges is named with the reason, and costs the others nothing") func failing() throws
  {
    let scratch = try TemporaryFolder()
    let experiment = try Experiment<ToyTask>(assignments: ["breaksAtStep=4"])
    let comparison = try Comparison(experiment, methods: [.bp, .dfa], seeds: [3], in: scratch.file("c"))
    #expect(comparison.methods.isEmpty)
    #expect(comparison.failures["bp"]?["3"]?.contains("not finite after step 6") == true)
    #expect(comparison.failureLines.count == 2)
    #expect(comparison.failureLines.allSatisfy { $0.hasPrefix("debug ") })
    // What has failed is not trained again.
    let again = try Comparison(experiment, methods: [.bp, .dfa], seeds: [3], in: scratch.file("c")) { _, _ in
      Issue.record("trained again")
      return []
    }
    #expect(again == comparison)
  }

  @Test("An interrupted comparison goes on in the middle of a run, with the curve from before") func middle()
    throws
  {
    let scratch = try TemporaryFolder()
    func compare(_ folder: String, killedAt step: Int? = nil) throws -> Comparison {
      try Comparison(
        Experiment<ToyTask>(), methods: [.dfa], seeds: [3], in: scratch.file(folder), checkpointSeconds: 0
      ) { _, _ in [Hook(step: { if $0.progress.step == step { throw Killed() } })] }
    }
    let whole = try compare("whole")
    for step in [1, 3, 5, 9] {
      #expect(throws: Killed.self) { try compare("\(step)", killedAt: step) }
      let resumed = try compare("\(step)")
      #expect(resumed.methods["dfa"]?.metrics == whole.methods["dfa"]?.metrics)
      #expect(resumed.chart("trainLoss").series.map(\.y) == whole.chart("trainLoss").series.map(\.y))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: scratch.file("\(step)").path) == ["runs.jsonl"])
    }
  }

  @Test("The JSON has the documented keys, and no others") func json() throws {
    let comparison = try Comparison(
      Experiment<ToyTask>(preset: "tuned"), methods: [.bp, .dfa], seeds: [0, 1])
    let data = try JSONEncoder().encode(comparison)
    let table = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    func keys(_ path: String...) -> [String] {
      let place = path.reduce(table as Any?) { ($0 as? [String: Any])?[$1] }
      let first = (place as? [Any])?.first ?? place
      return (first as? [String: Any])?.keys.sorted() ?? []
    }
    #expect(
      keys() == ["device", "failures", "methods", "preset", "provenance", "seeds", "settings", "task"])
    #expect(keys("provenance") == ["command", "machine", "threads", "versions"])
    #expect(keys("settings") == ["key", "values"])
    #expect(keys("methods") == ["bp", "dfa"])
    #expect(
      keys("methods", "bp")
        == ["metrics", "parameters", "peakBytes", "secondsPerEpoch", "secondsPerStep"])
    #expect(
      keys("methods", "dfa")
        == ["alignment", "metrics", "parameters", "peakBytes", "secondsPerEpoch", "secondsPerStep"])
    #expect(keys("methods", "bp", "metrics", "testAccuracy") == ["mean", "std", "values"])
    #expect(keys("methods", "bp", "secondsPerStep") == ["max", "median", "min"])
    #expect(keys("methods", "dfa", "alignment") == ["mean", "point", "rows", "skipped", "std"])
    #expect(table["task"] as? String == "toy" && table["preset"] as? String == "tuned")
    #expect(table["device"] as? String == "cpu" && table["seeds"] as? [Int] == [0, 1])
  }

  @Test("The table has a row for each method and the alignment at each point") func table() throws {
    let comparison = try Comparison(Experiment<ToyTask>(), methods: MethodName.launay2020, seeds: [0])
    let lines = comparison.table(.accuracy).markdown.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].contains("alignment (hidden1, hidden2)"))
    #expect(lines[2].contains("BP") && lines[3].contains("DFA") && lines[4].contains("Shallow"))
  }
}
