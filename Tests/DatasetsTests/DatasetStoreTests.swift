import Datasets
import Foundation
import Synchronization
import TestConditions
import TestSupport
import Testing

@Suite struct DatasetStoreTests {
  private let scratch: TemporaryFolder
  private let dataset = smallDataset()

  init() throws {
    scratch = try TemporaryFolder()
  }

  private func store(_ environment: [String: String] = [:]) -> DatasetStore {
    DatasetStore(
      explicit: scratch.file("explicit"),
      environment: environment.merging(["XDG_CACHE_HOME": scratch.file("cache").path]) { $1 })
  }

  @Test func searchesExplicitThenEnvironmentThenCache() {
    let home = ["HOME": "/home/u"]
    let all = DatasetStore(
      explicit: URL(fileURLWithPath: "/e"), environment: home.merging(["DFA_DATA": "/d"]) { $1 })
    #expect(all.roots.map(\.path) == ["/e", "/d", "/home/u/.cache/dfa"])
    #expect(all.fetchRoot.path == "/e")
    let implicit = DatasetStore(environment: ["DFA_DATA": "/d", "XDG_CACHE_HOME": "/c"])
    #expect(implicit.roots.map(\.path) == ["/d", "/c/dfa"])
    #expect(implicit.fetchRoot.path == "/c/dfa")
    let bare = DatasetStore(environment: home.merging(["DFA_DATA": "", "XDG_CACHE_HOME": "relative"]) { $1 })
    #expect(bare.roots.map(\.path) == ["/home/u/.cache/dfa"])
  }

  @Test func takesTheExplicitRootAtItsWord() throws {
    let file = try scratch.file("explicit/small/a.txt", holding: "hello world\n")
    for name in ["a.txt", "b.txt"] {
      try scratch.file("other/small/\(name)", holding: name == "a.txt" ? "hello world\n" : "12345\n")
    }
    let notes = Mutex<[String]>([])
    let store = DatasetStore(
      explicit: scratch.file("explicit"), environment: ["DFA_DATA": scratch.file("other").path]
    ) { note in notes.withLock { $0.append(note) } }
    let folder = scratch.file("explicit/small").path
    #expect(throws: DataError.missing(dataset: "small", file: "b.txt", searched: [folder])) {
      try store.read(dataset, "b.txt")
    }
    #expect(notes.withLock(\.self).isEmpty)
    try FileManager.default.removeItem(at: file)
    #expect(try store.locate(dataset).path == scratch.file("other/small").path)
    #expect(
      notes.withLock(\.self) == [
        "small: \(scratch.file("explicit").path) has none of it; reads \(scratch.file("other/small").path)"
      ])
  }

  @Test func prefersTheFirstCompleteRoot() throws {
    try scratch.file("first/small/a.txt", holding: "hello world\n")
    for root in ["other", "cache/dfa"] {
      try scratch.file("\(root)/small/a.txt", holding: "hello world\n")
      try scratch.file("\(root)/small/b.txt", holding: "12345\n")
    }
    let store = store(["DFA_DATA": scratch.file("other").path])
    #expect(try store.locate(dataset).path == scratch.file("other/small").path)
    #expect(try store.file(dataset, "b.txt").path == scratch.file("other/small/b.txt").path)
    let content = try store.read(dataset, "b.txt")
    #expect(content.bytes == Array("12345\n".utf8))
    #expect(content.path == scratch.file("other/small/b.txt").path)
    #expect(store.verify(dataset).isEmpty)
  }

  @Test func saysWhereItLookedForWhatIsAbsent() throws {
    let searched = [scratch.file("explicit/small"), scratch.file("cache/dfa/small")]
    #expect(store().state(of: dataset) == .absent(searched: searched))
    let missing = ["a.txt", "b.txt"].map {
      DataError.missing(dataset: "small", file: $0, searched: searched.map(\.path))
    }
    #expect(throws: missing[0]) { try store().locate(dataset) }
    #expect(throws: missing[0]) { try store().read(dataset, "b.txt") }
    #expect(store().verify(dataset) == missing)
  }

  @Test func tellsMissingTruncatedAndOversizedFilesApart() throws {
    try scratch.file("explicit/small/a.txt", holding: "hello")
    let truncated = DataError.truncated(dataset: "small", file: "a.txt", bytes: 5, expected: 12)
    guard case .incomplete(let folder, let problems) = store().state(of: dataset) else {
      Issue.record("expected an incomplete data set")
      return
    }
    #expect(folder.path == scratch.file("explicit/small").path)
    #expect(problems.count == 2 && problems.first == truncated)
    #expect(throws: truncated) { try store().locate(dataset) }
    try scratch.file("explicit/small/a.txt", holding: "hello world, and more\n")
    let oversized = DataError.oversized(
      dataset: "small", path: scratch.file("explicit/small/a.txt").path, bytes: 22, expected: 12)
    #expect(throws: oversized) { try store().read(dataset, "a.txt") }
    #expect(store().verify(dataset).first == oversized)
  }

  @Test func takesNoFolderForAFileAndFollowsLinks() throws {
    try scratch.file("elsewhere/a", holding: "hello world\n")
    try scratch.file("explicit/small/b.txt", holding: "12345\n")
    try FileManager.default.createSymbolicLink(
      at: scratch.file("explicit/small/a.txt"), withDestinationURL: scratch.file("elsewhere/a"))
    #expect(try store().read(dataset, "a.txt").bytes.count == 12)
    try FileManager.default.removeItem(at: scratch.file("explicit/small/a.txt"))
    try FileManager.default.createDirectory(
      at: scratch.file("explicit/small/a.txt"), withIntermediateDirectories: true)
    #expect(throws: DataError.self) { try store().locate(dataset) }
  }

  @Test func rejectsOtherContentOfTheSameLength() throws {
    try scratch.file("explicit/small/a.txt", holding: "hello w0rld\n")
    try scratch.file("explicit/small/b.txt", holding: "12345\n")
    let mismatch = DataError.checksumMismatch(
      dataset: "small", path: scratch.file("explicit/small/a.txt").path,
      expected: "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447",
      actual: "fa0dbd233c91bdb55e2bda390ee2149eaad830a1a40b7bb1d7adf7c3b30e091d")
    #expect(try store().locate(dataset).path == scratch.file("explicit/small").path)
    #expect(throws: mismatch) { try store().read(dataset, "a.txt") }
    #expect(store().verify(dataset) == [mismatch])
    #expect(try store().read(dataset, "b.txt").bytes.count == 6)
  }

  @Test func knowsItsFiles() {
    #expect(throws: DataError.unknownFile(dataset: "small", file: "c.txt", nearest: "a.txt")) {
      try store().read(dataset, "c.txt")
    }
  }

  @Test(.needsData(DatasetCatalog.cora)) func verifiesCora() {
    #expect(DatasetStore().verify(DatasetCatalog.cora).isEmpty)
  }
}
