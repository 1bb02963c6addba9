import Basics
import FeedbackAlignment
import Foundation
import Synchronization
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Searching settings") struct SearchTests {
  private let scratch: TemporaryFolder
  private let folder: URL

  init() throws {
    scratch = try TemporaryFolder()
    folder = scratch.file("search")
  }

  private var runsFile: URL { folder.appendingPathComponent("runs.jsonl") }

  private func search(
    _ space: SearchSpace, seeds: [UInt64] = [4, 5], method: MethodName = .dfa, _ assignments: [String] = []
  ) throws -> Search<ToyTask> {
    try Search(Experiment(assignments: assignments), method: method, seeds: seeds, space: space)
  }

  private func grid(_ axes: String...) throws -> SearchSpace { .grid(try axes.map(SearchAxis.init(grid:))) }

  private func random(_ trials: Int, seed: UInt64 = 0, _ axes: String...) throws -> SearchSpace {
    .random(try axes.map(SearchAxis.init(random:)), trials: trials, drawSeed: seed)
  }

  private func assignments(_ space: SearchSpace) throws -> [[String]] {
    try search(space).trials.map { $0.map(\.assignment) }
  }

  @Test("A grid has every combination, the last key changing fastest") func combinations() throws {
    #expect(
      try assignments(grid("hidden=[4, 5],[6]", "dropout=0,0.5")) == [
        ["hidden=[4, 5]", "dropout=0"], ["hidden=[4, 5]", "dropout=0.5"], ["hidden=[6]", "dropout=0"],
        ["hidden=[6]", "dropout=0.5"],
      ])
  }

  @Test("Draws are within their ranges, whole where the key is, and the same for the same seed")
  func draws() throws {
    let axes = [
      "optimizer.learningRate=1e-4..1:log", "training.epochs=1..3", "dropout=0..0.5", "hidden=[4],[5]",
    ]
    func drawn(_ seed: UInt64) throws -> [[String: String]] {
      let space = SearchSpace.random(try axes.map(SearchAxis.init(random:)), trials: 300, drawSeed: seed)
      return try search(space).trials.map { trial in
        Dictionary(uniqueKeysWithValues: trial.map { ($0.key, $0.value) })
      }
    }
    let trials = try drawn(3)
    #expect(try drawn(3) == trials && drawn(4) != trials)
    #expect(Set(trials).count == 300)
    let rates = trials.compactMap { Double($0["optimizer.learningRate"] ?? "") }
    #expect(rates.count == 300 && rates.allSatisfy { (1e-4...1).contains($0) })
    // Half of the draws are below the middle of the logarithm.
    #expect((110...190).contains(rates.count { $0 < 1e-2 }))
    let dropouts = trials.compactMap { Double($0["dropout"] ?? "") }
    #expect(dropouts.count == 300 && dropouts.allSatisfy { (0...0.5).contains($0) })
    #expect((110...190).contains(dropouts.count { $0 < 0.25 }))
    for epochs in ["1", "2", "3"] {
      #expect((65...135).contains(trials.count { $0["training.epochs"] == epochs }))
    }
    #expect((110...190).contains(trials.count { $0["hidden"] == "[4]" }))
  }

  @Test("More trials of the same draws begin with the same trials") func more() throws {
    let few = try assignments(random(5, "dropout=0..0.9"))
    #expect(try assignments(random(9, "dropout=0..0.9")).prefix(5) == few[...])
  }

  @Test(
    "A search that means nothing is refused",
    arguments: [
      ("dropout", "write KEY=VALUES"), ("dropout=", "a value is empty"), ("dropout=0.1,", "a value is empty"),
      ("dropout=0.1,0.2,0.1", "a value is there twice"), ("dropout=0.5..0.1", "the range is empty"),
      ("dropout=0.5..0.5", "the range is empty"), ("dropout=0..0.5:log", "must begin above 0"),
      ("dropout=0..x", "of numbers"), ("dropout=0..inf", "of numbers"),
      ("dropout=0..0.9:lg", "of numbers"), ("dropuot=0..0.5", "did you mean 'dropout'?"),
      ("optimizer.learnigRate=0.1,0.2", "did you mean 'optimizer.learningRate'?"),
      ("optimizer=0..1", "optimizer: is a table"), ("hidden=1..2", "hidden: must be a list"),
      ("dropout=0..2", "dropout: must be at least 0 and less than 1"),
      ("training.epochs=1.2..1.8", "no whole number is in the range"),
    ]) func refusals(_ axis: String, _ reason: String) throws
  {
    let error = #expect(throws: ConfigurationError.self) { try search(random(5, axis)) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test("A key twice, no trial and more trials than combinations are refused") func counts() throws {
    #expect(throws: ConfigurationError.self) { try search(grid("dropout=0,0.1", "dropout=0.2,0.3")) }
    #expect(throws: ConfigurationError.self) {
      try search(grid("optimizer={rule: adam},{rule: sgd}", "optimizer.rule=adam,sgd"))
    }
    #expect(throws: ConfigurationError.self) { try search(.grid([])) }
    #expect(throws: ConfigurationError.self) { try search(random(0, "dropout=0..0.1")) }
    let error = #expect(throws: ConfigurationError.self) { try search(random(4, "training.epochs=1..3")) }
    #expect(error?.description.contains("only 3 unlike combinations") == true)
    #expect(try search(random(3, "training.epochs=1..3")).trials.count == 3)
  }

  @Test("Trials are ranked by the mean validation metric, and each value is that of a run") func ranking()
    throws
  {
    let result = try search(grid("optimizer.learningRate=1e-4,0.05,0.2")).run(in: folder)
    #expect(result.trials.count == 3)
    var means: [Double] = []
    for trial in result.trials {
      let values = try [UInt64(4), 5].map { seed in
        let trainer = try toyTrainer(.dfa, seed: seed, trial.settings.map(\.assignment))
        try trainer.train()
        #expect(trial.parameters == trainer.task.store.parameterCount)
        return try #require(trainer.selected?.metrics["validationAccuracy"])
      }
      #expect(trial.validation == Statistics(values))
      means.append(try #require(trial.validation).mean)
    }
    #expect(means == means.sorted(by: >))
    #expect(result.best == result.trials[0])
  }

  @Test("Equal metrics rank the smaller network first, then the earlier trial") func ties() throws {
    let result = try search(grid("hidden=[8],[4],[6]", "dropout=0,0.1"), seeds: [0], ["validation=[0.5]"])
      .run(in: folder)
    #expect(result.trials.map(\.trial) == [3, 4, 5, 6, 1, 2])
  }

  @Test("Nothing of a search holds a test metric") func withoutTest() throws {
    // The validation metric says the opposite of the test metric.
    let result = try search(grid("validation=[0.1],[0.9]")).run(in: folder)
    #expect(result.trials.map(\.trial) == [2, 1])
    let json = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
    for text in try [json, result.table.markdown] + contents() { #expect(!text.contains("test")) }
    #expect(json.contains("validationAccuracy"))
  }

  private func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map {
      try String(contentsOf: $0, encoding: .utf8)
    }
  }

  @Test("A trial that diverges is recorded, ranked last, and not tried with further seeds") func failing()
    throws
  {
    let result = try search(grid("breaksAtStep=2,null")).run(in: folder)
    #expect(result.trials.map(\.trial) == [2, 1])
    #expect(result.trials[1].validation == nil)
    #expect(result.trials[1].failure?.contains("is not finite after step") == true)
    #expect(try lines().count == 3)
    #expect(try search(grid("breaksAtStep=2,null")).run(in: folder) == result)
    #expect(try lines().count == 3)
    #expect(result.table.markdown.contains("failed"))
  }

  private func lines() throws -> [Substring] {
    try String(contentsOf: runsFile, encoding: .utf8).split(separator: "\n")
  }

  @Test("A search that is killed anywhere goes on to the same files and result") func killed() throws {
    let space = try random(3, "dropout=0..0.5", "optimizer.learningRate=1e-3..0.1:log")
    let whole = try search(space).run(in: scratch.file("whole"))
    let wholeLines = try timelessLines(scratch.file("whole/runs.jsonl"))
    // Runs have 9 steps; the search is killed in its 1st, 3rd and last run.
    for steps in [0, 5, 20, 9 * 6 - 1] {
      try? FileManager.default.removeItem(at: folder)
      var left = steps
      let kill = Hook(step: { _ in
        if left == 0 { throw Killed() }
        left -= 1
      })
      #expect(throws: Killed.self) {
        try search(space).run(in: folder, checkpointSeconds: 0) { _, _ in [kill] }
      }
      let finished = try lines().count
      #expect(finished == steps / 9)
      var trained = 0
      let count = Hook(step: { _ in trained += 1 })
      let result = try search(space).run(in: folder, checkpointSeconds: 0) { _, _ in [count] }
      #expect(trained == 9 * 6 - steps)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
          == ["runs.jsonl", "search.yaml"])
      #expect(result == whole)
      #expect(try timelessLines(runsFile) == wholeLines)
    }
  }

  @Test("Two at the same search share its runs, and both have its result") func shared() throws {
    let space = try grid("dropout=0,0.3")
    let whole = try search(space).run(in: scratch.file("whole"))
    let folder = folder
    let trained = Mutex(0)
    let results = Mutex<[SearchResult]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      let search = try? Search(Experiment<ToyTask>(), method: .dfa, seeds: [4, 5], space: space)
      let result = try? search?.run(in: folder) { _, _ in
        trained.withLock { $0 += 1 }
        return []
      }
      results.withLock { $0.append(contentsOf: result.map { [$0] } ?? []) }
    }
    #expect(results.withLock { $0 } == [whole, whole])
    #expect(try trained.withLock { $0 } == lines().count)
  }

  @Test("A last line that was cut is dropped, and its run made again") func truncated() throws {
    let space = try grid("dropout=0,0.3")
    let result = try search(space).run(in: folder)
    let whole = try Data(contentsOf: runsFile)
    let lines = try timelessLines(runsFile)
    for count in [whole.count - 1, whole.count - 20, 10, 0] {
      try whole.prefix(count).write(to: runsFile)
      #expect(try search(space).run(in: folder) == result)
      #expect(try timelessLines(runsFile) == lines)
    }
    try (Data("nonsense\n".utf8) + whole).write(to: runsFile)
    #expect(
      throws: FileError.damaged(path: runsFile.path, reason: "line 1 is not what this version writes")
    ) {
      try search(space).run(in: folder)
    }
  }

  @Test("Another search in the folder is refused, and what differs is named") func differs() throws {
    let space = try grid("dropout=0,0.3")
    _ = try search(space).run(in: folder)
    let before = try contents()
    let others: [(Search<ToyTask>, String)] = [
      (try search(space, seeds: [4]), "seeds is [4, 5] there, and [4] now"),
      (try search(space, method: .bp), "method is dfa there, and bp now"),
      (try search(grid("dropout=0,0.2")), "search.grid is [dropout=0,0.3] there"),
      (try search(space, ["training.epochs=2"]), "configuration.training.epochs is 3 there, and 2 now"),
      (try search(random(2, "dropout=0..1e-1")), "search"),
    ]
    for (other, message) in others {
      let error = #expect(throws: ConfigurationError.self) { try other.run(in: folder) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("choose another --output") == true)
    }
    #expect(try contents() == before)
    let definition = folder.appendingPathComponent("search.yaml")
    try Data("{".utf8).write(to: definition)
    #expect(throws: RunError.self) { try search(space).run(in: folder) }
  }

  @Test("The JSON has the documented keys, and no others") func json() throws {
    let result = try search(grid("breaksAtStep=null,0")).run(in: folder)
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(result)) as? [String: Any]
    #expect(
      object?.keys.sorted() == ["compare", "device", "method", "metric", "preset", "seeds", "task", "trials"])
    let trials = try #require(object?["trials"] as? [[String: Any]])
    #expect(trials[0].keys.sorted() == ["mean", "parameters", "settings", "std", "trial", "values"])
    #expect(trials[1].keys.sorted() == ["failure", "parameters", "settings", "trial"])
    #expect(trials[0]["settings"] as? [String: String] == ["breaksAtStep": "null"])
  }
}
