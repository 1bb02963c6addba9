import Basics
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite struct JSONLinesWriterTests {
  struct Metrics: Encodable {
    var step = 1
    var loss = 0.5
    var note: String?
  }

  let folder: TemporaryFolder
  let url: URL

  init() throws {
    folder = try TemporaryFolder()
    url = folder.file("metrics.jsonl")
  }

  @Test func writesOneLineForEachValueWithSortedKeys() throws {
    let writer = try JSONLinesWriter(url: url)
    try writer.append(Metrics())
    try writer.append(Metrics(step: 2, loss: 0.25, note: "a/b\nc"))
    try writer.synchronize()
    let expected = """
      {"loss":0.5,"step":1}
      {"loss":0.25,"note":"a/b\\nc","step":2}

      """
    #expect(try folder.text("metrics.jsonl") == expected)
    #expect(writer.byteCount == expected.utf8.count)
  }

  @Test func writesNumbersThatAreNotFiniteAsWords() throws {
    let writer = try JSONLinesWriter(url: url)
    try writer.append([Double.nan, .infinity, -.infinity])
    #expect(try folder.text("metrics.jsonl") == #"["nan","inf","-inf"]"# + "\n")
  }

  @Test func goesOnWhereTheFileEnds() throws {
    try JSONLinesWriter(url: url).append(1)
    let writer = try JSONLinesWriter(url: url)
    #expect(writer.byteCount == 2)
    try writer.append(2)
    #expect(try folder.text("metrics.jsonl") == "1\n2\n")
  }

  @Test func goesOnWhereTheCheckpointWas() throws {
    let first = try JSONLinesWriter(url: url)
    try first.append(1)
    let recorded = first.byteCount
    try first.append(2)
    try first.append(3)
    let resumed = try JSONLinesWriter(url: url, truncatingTo: recorded)
    #expect(resumed.byteCount == recorded)
    try resumed.append(4)
    #expect(try folder.text("metrics.jsonl") == "1\n4\n")
  }

  @Test func startsAgainAtZero() throws {
    try JSONLinesWriter(url: url).append(1)
    _ = try JSONLinesWriter(url: url, truncatingTo: 0)
    #expect(try folder.text("metrics.jsonl") == "")
  }

  @Test func refusesAFileShorterThanTheCheckpointSays() throws {
    try JSONLinesWriter(url: url).append(1)
    let error = #expect(throws: FileError.self) { try JSONLinesWriter(url: url, truncatingTo: 100) }
    #expect(error == .tooShort(path: url.path, byteCount: 2, recorded: 100))
    #expect(
      error?.description
        == "\(url.path): holds 2 bytes, but the checkpoint recorded 100; it belongs to another run "
        + "or was changed: resume from an earlier checkpoint, or start the run again")
    #expect(try folder.text("metrics.jsonl") == "1\n")
  }

  @Test(.enabled(if: FullDisk.isThere)) func namesTheFileOnAFullDisk() throws {
    let writer = try JSONLinesWriter(url: FullDisk.device)
    let error = #expect(throws: FileError.self) { try writer.append(1) }
    #expect(error == .system(action: "write", path: "/dev/full", code: ENOSPC))
    #expect(
      error?.localizedDescription
        == "/dev/full: cannot write: No space left on device; free some space, or choose "
        + "another folder")
    #expect(writer.byteCount == 0)
  }

  @Test func takesBackHalfALine() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let writer = try JSONLinesWriter(url: folder.file("metrics.jsonl"))
      try writer.append("whole")
      try FullDisk.limitFiles(to: 4096)
      #expect(throws: FileError.self) { try writer.append(String(repeating: "x", count: 10_000)) }
      #expect(try folder.text("metrics.jsonl") == "\"whole\"\n")
      try writer.append("next")
      #expect(try folder.text("metrics.jsonl") == "\"whole\"\n\"next\"\n")
    }
  }

  @Test func namesTheFileWhenTheFolderIsMissing() {
    let url = folder.file("missing/metrics.jsonl")
    #expect(throws: FileError.system(action: "open", path: url.path, code: ENOENT)) {
      try JSONLinesWriter(url: url)
    }
  }
}
