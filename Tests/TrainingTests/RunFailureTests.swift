import FeedbackAlignment
import Foundation
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Runs that fail") struct RunFailureTests {
  private struct Elsewhere: Error, Equatable {}

  @Test("Divergence, settings and shapes that do not fit are failures of the run; all else is thrown on")
  func kinds() throws {
    func reason(_ run: () throws -> Void) throws -> String? {
      guard case .failure(let failure) = try RunFailure.catching(run) else { return nil }
      return failure.description
    }
    #expect(try reason {} == nil)
    #expect(try reason { throw TrainingError.notFinite("x", step: 3) }?.hasPrefix("x is not finite") == true)
    #expect(
      try reason { throw ConfigurationError.value(key: "a.b", reason: "must be 1") } == "a.b: must be 1")
    let product = try reason { _ = Tensor.zeros([2, 3]).matmul(Tensor.zeros([2, 3])) }
    #expect(try #require(product).contains("[2, 3]"))
    #expect(throws: Elsewhere()) { try RunFailure.catching { throw Elsewhere() } }
  }

  @Test("One failed run is told by its reason, several by their number and the first") func several() {
    #expect(RunsFailed(count: 1, first: "dfa diverged").description == "a run failed: dfa diverged")
    #expect(
      RunsFailed(count: 3, first: "dfa diverged").description == "3 runs failed, the first with: dfa diverged"
    )
  }

  @Test("A failed run is kept with its curve up to then, stands for a tested one, and is not trained again")
  func kept() throws {
    let scratch = try TemporaryFolder()
    let run = try Experiment<ToyTask>(assignments: ["breaksAtStep=4"]).planned(.bp, seed: 1)
    try RunLedger(in: scratch.url).complete([run], isTested: false)
    let ledger = try RunLedger(in: scratch.url)
    let entry = try #require(ledger.entry(run.key, isTested: true))
    #expect(entry.failure?.contains("not finite after step 6") == true)
    #expect(entry.selected == nil && entry.result == nil && entry.history.map(\.step) == [3])
    #expect(entry.parameters == 6 * 8 + 2 * 8 + 8 * 6 + 2 * 6 + 6 * 3 + 3)
    try ledger.complete(
      [run], isTested: true,
      callbacks: { _ in
        Issue.record("trained again")
        return []
      })
  }

  @Test(
    "An interrupted run whose checkpoint, weights or curve are damaged begins again, and ends the same",
    arguments: ["safetensors", "best.safetensors", "json"])
  func damaged(_ part: String) throws {
    let scratch = try TemporaryFolder()
    let expected = try #require(try entry(scratch.file("whole")))
    let folder = scratch.file("cut")
    let kill = Hook(step: { if $0.progress.step == 5 { throw Killed() } })
    #expect(throws: Killed()) { try entry(folder, kill) }
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let file = try #require(
      files.first { $0.lastPathComponent.split(separator: ".", maxSplits: 1).last == part[...] })
    try Data("nonsense".utf8).write(to: file)
    var steps: [Int] = []
    let found = try #require(try entry(folder, Hook(step: { steps.append($0.progress.step) })))
    #expect(steps == Array(1...9))
    #expect(try timeless(found.result) == timeless(expected.result))
    #expect(try timeless(found.history) == timeless(expected.history))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("unfinished") }
        == [])
  }

  @Test("… and so does one whose checkpoint is of another run") func otherRun() throws {
    let scratch = try TemporaryFolder()
    let kill = Hook(step: { if $0.progress.step == 5 { throw Killed() } })
    func cut(_ name: String, seed: UInt64) throws -> (folder: URL, checkpoint: URL) {
      let folder = scratch.file(name)
      #expect(throws: Killed()) { try entry(folder, seed: seed, kill) }
      let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      return (
        folder,
        try #require(
          files.first {
            $0.pathExtension == "safetensors" && !$0.lastPathComponent.hasSuffix("best.safetensors")
          })
      )
    }
    let (run, other) = (try cut("run", seed: 1), try cut("other", seed: 2))
    try Data(contentsOf: other.checkpoint).write(to: run.checkpoint)
    var steps: [Int] = []
    _ = try entry(run.folder, Hook(step: { steps.append($0.progress.step) }))
    #expect(steps == Array(1...9))
  }

  /// Trains a run for a folder's ledger.
  private func entry(_ folder: URL, seed: UInt64 = 1, _ hook: Hook = Hook()) throws -> RunEntry? {
    let run = try Experiment<ToyTask>().planned(.dfa, seed: seed)
    let ledger = try RunLedger(in: folder)
    try ledger.complete([run], isTested: true, checkpointSeconds: 0, callbacks: { _ in [hook] })
    return ledger.entry(run.key, isTested: true)
  }
}
