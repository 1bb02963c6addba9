import Basics
import FeedbackAlignment
import Foundation
import Synchronization
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Reproducing tables") struct ReproductionTests {
  private let scratch: TemporaryFolder
  private let folder: URL

  init() throws {
    scratch = try TemporaryFolder()
    folder = scratch.file("reproductions")
  }

  private var runsFile: URL { folder.appendingPathComponent("runs.jsonl") }

  /// Two rows and two columns; the accuracy by two methods in one column, alignment in the other.
  private func table(_ settings: [String] = [], paper: Double = 0.5) -> Reproduction {
    Reproduction(
      "tableT", title: "A toy", source: "nobody 2026, table T", rowTitle: "network", columnTitle: "data",
      cells: [("Small", "debug"), ("Tuned", "tuned")].flatMap { row, preset in
        [
          ReproductionCell(
            row: row, column: "Toys", task: ToyTask.self, preset: preset, settings: settings,
            quantity: .test(.accuracy), paper: [.bp: paper, .dfa: paper]),
          ReproductionCell(
            row: row, column: "Angles", task: ToyTask.self, preset: preset, settings: settings,
            quantity: .alignment, paper: [.dfa: paper]),
        ]
      })
  }

  private func trainer(
    _ table: Reproduction, seeds: Int = 2, rows: [String] = [], columns: [String] = [], isQuick: Bool = false
  ) throws -> ReproductionTrainer {
    try ReproductionTrainer(
      table, rows: rows, columns: columns, seeds: (0..<UInt64(seeds)).map { $0 }, isQuick: isQuick)
  }

  /// The labels of the runs that are trained.
  private func trained(_ trainer: ReproductionTrainer, note: (String) -> Void = { _ in }) throws -> [String] {
    var labels: [String] = []
    _ = try trainer.run(
      in: folder,
      callbacks: {
        labels.append($0)
        return []
      }, note: note)
    return labels
  }

  @Test(
    "Rows that are numbers are drawn as curves of our means and of the paper's figures, where it has them")
  func curves() throws {
    let cells = [(4, 0.5), (16, nil), (8, 0.7)].map { (units: Int, paper: Double?) in
      ReproductionCell(
        row: "\(units)", column: "Toys", task: ToyTask.self, preset: "debug", settings: ["hidden=[\(units)]"],
        quantity: .test(.accuracy), paper: paper.map { [.dfa: $0] } ?? [:], methods: [.dfa])
    }
    let table = Reproduction(
      "tableT", title: "Sizes", source: "nobody 2026", rowTitle: "units", columnTitle: "data", isCurve: true,
      cells: cells)
    let result = try trainer(table).run(in: folder)
    let chart = try #require(result.charts.first)
    #expect(result.charts.count == 1 && chart.xLabel == "units")
    #expect(chart.series.map(\.name) == ["DFA, ours", "DFA, paper"])
    #expect(
      chart.series[0].x == [4, 8, 16] && chart.series[1].x == [4, 8] && chart.series[1].y == [50, 70])
    let ours = try [0, 2, 1].map { try #require(result.cells[$0].reached[.dfa]) }
    #expect(chart.series[0].y == ours.map { 100 * $0.mean })
    #expect(chart.series[0].band == ours.map { 100 * $0.std } && chart.yLabel == "Toys (%)")
    #expect(chart.series[1].band == nil)
    #expect(result.cells[1].differing.isEmpty)
    #expect(try trainer(self.table()).run(in: folder).charts.isEmpty)
  }

  @Test("Every figure is that of a comparison with the same seeds") func figures() throws {
    let result = try trainer(table()).run(in: folder)
    #expect(result.cells.map(\.row) == ["Small", "Small", "Tuned", "Tuned"])
    for (cell, preset) in zip(result.cells, ["debug", "debug", "tuned", "tuned"]) {
      let comparison = try Comparison(
        Experiment<ToyTask>(preset: preset), methods: [.bp, .dfa], seeds: [0, 1])
      if cell.column == "Toys" {
        for method in [MethodName.bp, .dfa] {
          #expect(cell.reached[method] == comparison.methods[method.rawValue]?.metrics["testAccuracy"])
        }
      } else {
        let means = try [UInt64(0), 1].map { seed in
          let trainer = try Experiment<ToyTask>(preset: preset).trainer(.dfa, seed: seed)
          try trainer.train()
          return Statistics(try trainer.result().alignment.compactMap(\.mean)).mean
        }
        #expect(cell.reached == [.dfa: Statistics(means)])
      }
    }
  }

  @Test("Cells share runs, nothing is trained twice, and more seeds only add") func kept() throws {
    #expect(
      try trained(trainer(table(), seeds: 1)) == [
        "tableT Small Toys bp seed 0", "tableT Small Toys dfa seed 0", "tableT Tuned Toys bp seed 0",
        "tableT Tuned Toys dfa seed 0",
      ])
    let first = try String(contentsOf: runsFile, encoding: .utf8)
    #expect(try trained(trainer(table(), seeds: 1)) == [])
    #expect(
      try trained(trainer(table(), seeds: 2, rows: ["Tuned"], columns: ["Angles"])) == [
        "tableT Tuned Angles dfa seed 1"
      ])
    #expect(try String(contentsOf: runsFile, encoding: .utf8).hasPrefix(first))
    #expect(try trained(trainer(table(), seeds: 2)).count == 3)
    let fewer = try trainer(table(), seeds: 1).run(in: folder)
    #expect(fewer.cells.allSatisfy { cell in cell.reached.values.allSatisfy { $0.values.count == 1 } })
  }

  @Test("A table that is killed anywhere, or whose last line is cut, goes on to the same result")
  func killed() throws {
    let whole = try text(trainer(table()).run(in: scratch.file("whole")))
    let wholeLines = try timelessLines(scratch.file("whole/runs.jsonl"))
    var left = 30
    let kill = Hook(step: { _ in
      if left == 0 { throw Killed() }
      left -= 1
    })
    #expect(throws: Killed.self) { try trainer(table()).run(in: folder) { _ in [kill] } }
    #expect(try timelessLines(runsFile) == Array(wholeLines.prefix(3)))
    #expect(try trained(trainer(table())).count == 5)
    #expect(try timelessLines(runsFile) == wholeLines)
    try Data(contentsOf: runsFile).dropLast(7).write(to: runsFile)
    #expect(try text(trainer(table()).run(in: folder)) == whole)
    #expect(try timelessLines(runsFile) == wholeLines)
  }

  @Test(
    "A run that is killed goes on in its middle to the same line, or begins again when its checkpoint is damaged",
    arguments: [false, true]) func unfinished(isDamaged: Bool) throws
  {
    _ = try trainer(table()).run(in: scratch.file("whole"))
    let wholeLines = try timelessLines(scratch.file("whole/runs.jsonl"))
    var left = 30
    let kill = Hook(step: { _ in
      if left == 0 { throw Killed() }
      left -= 1
    })
    #expect(throws: Killed.self) {
      try trainer(table()).run(in: folder, checkpointSeconds: 0) { _ in [kill] }
    }
    let checkpoint = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).first {
        $0.hasSuffix(".safetensors") && !$0.hasSuffix(".best.safetensors")
      })
    if isDamaged {
      let file = folder.appendingPathComponent(checkpoint)
      try Data(contentsOf: file).dropLast(9).write(to: file)
    }
    let lines = try Data(contentsOf: runsFile).split(separator: UInt8(ascii: "\n")).count
    var steps: [Int] = []
    let watch = Hook(step: { steps.append($0.progress.step) })
    _ = try trainer(table()).run(in: folder, checkpointSeconds: 0) { _ in [watch] }
    #expect(lines > 0 && steps[0] == (isDamaged ? 1 : 31 - lines * 9))
    #expect(try timelessLines(runsFile) == wholeLines)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["runs.jsonl"])
  }

  @Test(
    "Two at the same table share its runs, and one that is killed leaves its run to the other",
    arguments: [false, true])
  func shared(oneIsKilled: Bool) throws {
    let whole = try text(trainer(table()).run(in: scratch.file("whole")))
    let (table, folder) = (table(), folder)
    let trained = Mutex<[String]>([])
    let results = Mutex<[String]>([])
    let errors = Mutex<[any Error]>([])
    let begun = DispatchSemaphore(value: 0)
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      let kill = Hook(step: { _ in
        guard oneIsKilled, number == 0 else { return }
        begun.signal()
        Thread.sleep(forTimeInterval: 0.05)
        throw Killed()
      })
      if oneIsKilled, number == 1 { begun.wait() }
      do {
        let result = try ReproductionTrainer(table, seeds: [0, 1]).run(in: folder) { label in
          trained.withLock { $0.append(label) }
          return [kill]
        }
        let text = try text(result)
        results.withLock { $0.append(text) }
      } catch {
        errors.withLock { $0.append(error) }
      }
    }
    #expect(errors.withLock { $0.allSatisfy { $0 is Killed } && $0.count == (oneIsKilled ? 1 : 0) })
    #expect(results.withLock { $0 } == Array(repeating: whole, count: oneIsKilled ? 1 : 2))
    #expect(trained.withLock { $0.count } == (oneIsKilled ? 9 : 8))
    #expect(try Data(contentsOf: runsFile).split(separator: UInt8(ascii: "\n")).count == 8)
  }

  @Test("Runs of another definition do not count, which is said, and stay") func definition() throws {
    let settings = ["hidden=[4]"]
    let other = try text(trainer(table()).run(in: folder))
    // The same preset and settings in the file, but of another version.
    let lines = try String(contentsOf: runsFile, encoding: .utf8)
    try Data(lines.replacing(#""dfa":"0.1.0""#, with: #""dfa":"0.0.9""#).utf8).write(
      to: runsFile)
    var notes: [String] = []
    #expect(try trained(trainer(table())) { notes.append($0) }.count == 8)
    #expect(
      notes.first
        == "tableT Small Toys bp: 2 stored runs are of another configuration, version, data or machine, and left out"
    )
    #expect(try text(trainer(table()).run(in: folder)) == other)
    notes = []
    #expect(try trained(trainer(table())) { notes.append($0) } == [])
    #expect(notes == [])
    // Other settings are another cell, and those set for a table are the cell's own.
    #expect(try trained(trainer(table(settings))) { notes.append($0) }.count == 8)
    #expect(try trained(trainer(table().setting(settings))) == [])
    #expect(notes == [])
  }

  @Test("Settings of a whole table are in its title, the last counts, and a wrong one is refused")
  func settings() throws {
    let table = table(["hidden=[4]"])
    #expect(table.setting([]).title == table.title)
    let other = table.setting(["training.epochs=2", "hidden=[8]"])
    #expect(other.title == "A toy, with training.epochs=2, hidden=[8]")
    #expect(
      other.cells.map(\.settings)
        == Array(repeating: ["hidden=[4]", "training.epochs=2", "hidden=[8]"], count: 4))
    #expect(throws: ConfigurationError.self) { try trainer(table.setting(["training.epoch=2"])) }
  }

  @Test("A quick look has files of its own, and says so") func quick() throws {
    let long = table(["training.epochs=50"])
    var epochs: Set<Double?> = []
    let watch = Hook(record: { _, record in epochs.insert(record.epoch) })
    let result = try trainer(long, seeds: 1, isQuick: true).run(in: folder) { _ in [watch] }
    #expect(epochs == [1, 2, 3])
    #expect(result.heading.hasPrefix("QUICK LOOK, 3 epochs at most: A toy"))
    #expect(try text(result).contains(#""quick":true"#))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["runs.jsonl"])
  }

  @Test("A mean beyond two deviations of ours is marked, and none of a single seed is") func marks() throws {
    func marked(_ paper: Double, seeds: Int) throws -> [MethodName] {
      try trainer(table(paper: paper), seeds: seeds, rows: ["Small"], columns: ["Toys"]).run(in: folder)
        .cells[0]
        .differing
    }
    let ours = try #require(
      try trainer(table(), seeds: 3, rows: ["Small"]).run(in: folder).cells[0].reached[.bp])
    #expect(ours.std > 0)
    #expect(try !marked(ours.mean + 1.99 * ours.std, seeds: 3).contains(.bp))
    #expect(try !marked(ours.mean - 1.99 * ours.std, seeds: 3).contains(.bp))
    #expect(try marked(ours.mean + 2.01 * ours.std, seeds: 3).contains(.bp))
    #expect(try marked(ours.mean - 2.01 * ours.std, seeds: 3).contains(.bp))
    #expect(try marked(9, seeds: 1) == [] && marked(9, seeds: 2) == [.bp, .dfa])
    let result = try trainer(table(paper: 9), seeds: 2, columns: ["Toys"]).run(in: folder)
    #expect(result.comparison.markdown.contains(" \\* |") || result.comparison.markdown.contains(" * |"))
  }

  @Test("The JSON has the documented keys, and no others") func json() throws {
    let result = try trainer(table(["breaksAtStep=null"])).run(in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(text(result).utf8)) as? [String: Any]
    #expect(object?.keys.sorted() == ["cells", "quick", "source", "table", "title"])
    let cells = try #require(object?["cells"] as? [[String: Any]])
    #expect(
      cells[0].keys.sorted() == [
        "bp", "column", "dfa", "differs", "metric", "paper", "preset", "row", "task",
      ])
    #expect(cells[0]["paper"] as? [String: Double] == ["bp": 0.5, "dfa": 0.5])
    #expect((cells[0]["bp"] as? [String: Any])?.keys.sorted() == ["mean", "std", "values"])
    #expect(cells[1]["bp"] == nil && cells[1]["metric"] as? String == "alignment")
  }

  @Test("A run that diverges is kept as failed, and the others go on") func failing() throws {
    let result = try trainer(table(["breaksAtStep=2"]), rows: ["Small"]).run(in: folder)
    #expect(result.cells[0].reached.isEmpty)
    #expect(result.cells[0].failures[.bp]?.keys.sorted() == [0, 1])
    #expect(result.comparison.markdown.contains("failed"))
    #expect(try text(result).contains("seed 1: trainLoss is not finite"))
    #expect(try trained(trainer(table(["breaksAtStep=2"]), rows: ["Small"])) == [])
  }

  @Test("The whole table shows what is stored, whatever was asked for last") func stored() throws {
    _ = try trainer(table(), seeds: 1).run(in: folder)
    let part = try trainer(table(), seeds: 2, rows: ["Tuned"])
    #expect(try part.run(in: folder).cells.count == 2)
    let cells = try part.stored(in: folder).cells
    #expect(cells.map { $0.reached[.dfa]?.values.count } == [1, 1, 2, 2])
  }

  @Test("Rows, columns and presets that are not there are refused before anything is trained") func unknown()
    throws
  {
    #expect(
      throws: ConfigurationError.unknown(
        kind: "row of tableT", name: "Smal", nearest: "Small", known: ["Small", "Tuned"])
    ) { try trainer(table(), rows: ["Smal"]) }
    #expect(throws: ConfigurationError.self) { try trainer(table(), columns: ["Toyz"]) }
    #expect(throws: ConfigurationError.self) { try trainer(table(["dropuot=1"])) }
  }
}

private func text(_ result: ReproductionResult) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  return String(decoding: try encoder.encode(result), as: UTF8.self)
}
