import Datasets
import FeedbackAlignment
import Foundation
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("The ledger of runs") struct RunLedgerTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func planned(
    _ method: MethodName = .dfa, seed: UInt64 = 1, _ assignments: [String] = []
  ) throws -> PlannedRun { try Experiment<ToyTask>(assignments: assignments).planned(method, seed: seed) }

  @Test("Whatever changes what a run gives changes its key, and nothing else does") func keys() throws {
    let key = try planned().key
    #expect(try planned().key == key)
    // The same configuration, written otherwise.
    #expect(try planned(.dfa, seed: 1, ["training.epochs=3", "dropout=0.3"]).key == key)
    let others = [
      try planned(.bp), try planned(seed: 2), try planned(.dfa, seed: 1, ["dropout=0.31"]),
      try planned(.dfa, seed: 1, ["optimizer.rule=adam"]),
    ].map(\.key)
    #expect(Set(others + [key]).count == 5)
    #expect(key.threads == LibTorch.threadCount && key.device == "cpu")
  }

  @Test("A run without test metrics will do for a search, and not for a comparison") func tested() throws {
    let run = try planned()
    let ledger = try RunLedger(in: scratch.file("ledger"))
    try ledger.complete([run], isTested: false)
    let entry = try #require(ledger.entry(run.key, isTested: false))
    #expect(entry.result == nil && entry.selected?.metrics["validationAccuracy"] != nil)
    #expect(entry.history.allSatisfy { !$0.metrics.keys.contains { $0.hasPrefix("test") } })
    #expect(ledger.entry(run.key, isTested: true) == nil)
    try ledger.complete([run], isTested: true)
    #expect(ledger.entry(run.key, isTested: true)?.result?.metrics["testAccuracy"] != nil)
    #expect(try RunLedger(in: scratch.file("ledger")).entries.count == 2)
  }

  @Test("Without a folder runs are kept in memory, and trained once") func memory() throws {
    let ledger = try RunLedger(in: nil)
    var trained = 0
    for _ in 0..<2 {
      try ledger.complete(
        [planned(), planned()], isTested: true,
        callbacks: { _ in
          trained += 1
          return []
        })
    }
    #expect(trained == 1 && ledger.entries.count == 1)
  }

  @Test("A digest of data is of their bytes, wherever they are, and of their names") func digests() throws {
    func digest(_ name: String, _ bytes: String, in folder: String) throws -> String {
      let root = scratch.file(folder)
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
      let file = root.appendingPathComponent(name)
      try Data(bytes.utf8).write(to: file)
      return try DatasetStore(explicit: root).digest(of: [file], below: root)
    }
    let first = try digest("a", "one", in: "x")
    #expect(try digest("a", "one", in: "y") == first)
    #expect(try digest("b", "one", in: "x") != first && digest("a", "two", in: "z") != first)
    // A file that has changed since is read again.
    #expect(try digest("a", "three", in: "x") != first)
  }
}
