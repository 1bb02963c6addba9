import Basics
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Journal") struct JournalTests {
  private final class Tally: Sendable { let done = Mutex<[String]>([]) }

  private let folder: TemporaryFolder
  private let url: URL

  init() throws {
    folder = try TemporaryFolder()
    url = folder.file("runs.jsonl")
  }

  private static func complete(
    _ journal: Journal<String>, _ all: [String], _ work: (String) throws -> Void = { _ in }
  ) throws {
    try journal.complete(all, key: { $0 }, isDone: { journal.entries.contains($0) }) {
      try work($0)
      try journal.append($0)
    }
  }

  @Test("What one process adds is read by the next, and by one that has the file open") func shared() throws {
    let first = try Journal<Int>(url)
    let second = try Journal<Int>(url)
    try first.append(1)
    try second.append(2)
    #expect(second.entries == [1, 2])
    #expect(try Journal<Int>(url).entries == [1, 2])
  }

  @Test("Half a line at the end is cut off") func halfALine() throws {
    try folder.file("runs.jsonl", holding: "1\n2\n3")
    let journal = try Journal<Int>(url)
    #expect(journal.entries == [1, 2])
    try journal.append(4)
    #expect(try folder.text("runs.jsonl") == "1\n2\n4\n")
  }

  @Test("A whole line that is no entry is an error with its number, and stays") func damaged() throws {
    try folder.file("runs.jsonl", holding: "1\nnonsense\n3\n")
    let error = #expect(throws: FileError.self) { try Journal<Int>(url) }
    #expect(error == .damaged(path: url.path, reason: "line 2 is not what this version writes"))
    #expect(try folder.text("runs.jsonl") == "1\nnonsense\n3\n")
  }

  @Test("A folder that is missing is an error") func missingFolder() {
    let url = folder.file("missing/runs.jsonl")
    #expect(throws: FileError.system(action: "open", path: url.path, code: ENOENT)) { try Journal<Int>(url) }
  }

  @Test("Work is done once, in order, and what is done already not again") func once() throws {
    let journal = try Journal<String>(url)
    try journal.append("b")
    var done: [String] = []
    try Self.complete(journal, ["a", "b", "c"]) { done.append($0) }
    #expect(done == ["a", "c"] && journal.entries == ["b", "a", "c"])
  }

  @Test("Work that fails is done by the next that comes") func failure() throws {
    struct Failure: Error {}
    let journal = try Journal<String>(url)
    #expect(throws: Failure.self) {
      try Self.complete(journal, ["a", "b"]) { if $0 == "b" { throw Failure() } }
    }
    var done: [String] = []
    try Self.complete(try Journal(url), ["a", "b"]) { done.append($0) }
    #expect(done == ["b"])
  }

  @Test("Several at once do each piece once, and each ends with all") func atOnce() async throws {
    let all = (0..<12).map { "work \($0)" }
    let tally = Tally()
    let entries = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<3 {
        group.addTask { [url] in
          let journal = try Journal<String>(url)
          try Self.complete(journal, all) { piece in
            Thread.sleep(forTimeInterval: 0.002)
            tally.done.withLock { $0.append(piece) }
          }
          return journal.entries
        }
      }
      return try await group.reduce(into: [[String]]()) { $0.append($1) }
    }
    #expect(tally.done.withLock { $0.sorted() } == all.sorted())
    #expect(entries.allSatisfy { $0.sorted() == all.sorted() })
  }
}
