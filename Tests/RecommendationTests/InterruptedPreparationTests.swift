import Foundation
import Recommendation
import TestSupport
import Testing
import Training

@Suite("Preparations that were killed") struct InterruptedPreparationTests {
  private let scratch: TemporaryFolder
  private let file: URL

  init() throws {
    scratch = try TemporaryFolder()
    file = try scratch.file("train.txt", holding: CriteoLines.text(600))
  }

  private func preparation(_ name: String, seed: UInt64 = 0) throws -> Preparation {
    var preparation = Preparation(
      try RowSource("criteo", .criteo, [RowSource.File(file, .published)]), PreparationSettings(seed: seed),
      in: scratch.file(name))
    (preparation.threads, preparation.pieceByteCount, preparation.piecesPerCount) = (1, 10_007, 3)
    return preparation
  }

  private func bytes(_ name: String) throws -> [Data] {
    try ["rows.bin", "vocabulary.tsv", "prepared.json"].map {
      try Data(contentsOf: scratch.file("\(name)/\($0)"))
    }
  }

  @Test("Whatever the moment, the next process does what is left, and the same comes out") func resumes()
    throws
  {
    // What a kill would leave at each moment at which progress is told.
    var snapshots: [(URL, PreparationProgress)] = []
    let whole = try preparation("whole")
    _ = try whole.run { progress in
      let copy = scratch.file("snapshot-\(snapshots.count)")
      try? FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
      try? FileManager.default.copyItem(
        at: scratch.file("whole/work"), to: copy.appendingPathComponent("work"))
      snapshots.append((copy, progress))
    }
    let pieces = (try Data(contentsOf: file).count + 10_006) / 10_007
    #expect(pieces > 10 && snapshots.count > 2 * pieces)
    let expected = try bytes("whole")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: whole.folder.path).sorted() == [
        ".lock", "prepared.json", "rows.bin", "vocabulary.tsv",
      ])
    for (folder, last) in snapshots {
      var stages: [PreparationProgress.Stage: Int] = [:]
      _ = try preparation(folder.lastPathComponent).run {
        if stages[$0.stage] == nil { stages[$0.stage] = $0.resumed }
      }
      #expect(try bytes(folder.lastPathComponent) == expected)
      // Nothing that was told of was done again, but pieces of the three that are counted together, of 41 rows at most.
      let resumed = try #require(stages[last.stage])
      #expect(last.stage == .counting ? resumed > last.completed - 3 * 41 : resumed == last.completed)
    }
  }

  @Test("What is there is found, of touched files too; of changed ones it is made anew") func found() throws {
    _ = try preparation("a").run()
    let before = try bytes("a")
    var calls = 0
    _ = try preparation("a").run { _ in calls += 1 }
    #expect(calls == 0)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: file.path)
    var stages = Set<PreparationProgress.Stage>()
    _ = try preparation("a").run { stages.insert($0.stage) }
    #expect(stages == [.reading])
    #expect(try bytes("a").prefix(2) == before.prefix(2))
    try scratch.file("train.txt", holding: CriteoLines.text(599))
    let data = try preparation("a").run()
    #expect(data.summary.rows.total == 599)
    #expect(try bytes("a") != before)
  }

  @Test("A folder of other settings is left alone") func differs() throws {
    _ = try preparation("a").run()
    let before = try bytes("a")
    #expect(throws: PreparationError.differs(folder: scratch.file("a").path)) {
      try preparation("a", seed: 1).run()
    }
    #expect(try bytes("a") == before)
  }

  @Test("Damaged files are refused") func damaged() throws {
    let folder = try preparation("a").run().folder
    func refuses(
      _ name: String, _ change: (inout Data) -> Void, _ use: (PreparedData) throws -> Void = { _ in }
    ) throws {
      let file = folder.appendingPathComponent(name)
      let original = try Data(contentsOf: file)
      defer { try? original.write(to: file) }
      var copy = original
      change(&copy)
      try copy.write(to: file)
      #expect { try use(PreparedData(folder)) } throws: { error in
        (error as? PreparationError)?.exitCode == 65 && "\(error)".contains(file.path)
      }
    }
    try refuses("rows.bin") { $0.removeLast() }
    try refuses("rows.bin") { $0 = Data() }
    try refuses("rows.bin") { $0[16] ^= 1 }
    try refuses("rows.bin") { $0[70] ^= 1 }
    try refuses("rows.bin", { $0[$0.count - 1] = 0x7f }) { data in
      _ = try data.batch(.test, 0..<data.count(.test))
    }
    try refuses("prepared.json") { $0.removeLast(10) }
    try refuses("vocabulary.tsv", { $0.removeLast(30) }) { _ = try $0.vocabulary() }
    try refuses("vocabulary.tsv", { $0[0] = 0 }) { _ = try $0.vocabulary() }
    #expect(throws: PreparationError.notPrepared(folder: scratch.url.path)) { try PreparedData(scratch.url) }
  }
}
