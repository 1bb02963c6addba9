import Basics
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func writesANewFile() throws {
    try AtomicFile.write(Data("one".utf8), to: folder.file("a.txt"))
    #expect(try folder.text("a.txt") == "one")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func removesWhatKilledProcessesLeft() throws {
    let (own, other) = (".dfa-\(getpid())-A.tmp", ".dfa-\(Int32.max)-B.tmp")
    for name in [own, other, ".dfa-C.tmp", ".dfa-x", "a.tmp"] { try folder.file(name, holding: "") }
    AtomicFile.removeAbandoned(in: folder.url)
    #expect(try Set(folder.names()) == [own, ".dfa-x", "a.tmp"])
    AtomicFile.removeAbandoned(in: folder.file("none"))
  }

  @Test func replacesAnOldFile() throws {
    try AtomicFile.write(Data("a longer text".utf8), to: folder.file("a.txt"))
    try AtomicFile.write(Data(), to: folder.file("a.txt"))
    #expect(try folder.text("a.txt") == "")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func namesTheFileWhenTheFolderIsMissing() {
    let url = folder.file("missing/a.txt")
    let error = #expect(throws: FileError.self) { try AtomicFile.write(Data("one".utf8), to: url) }
    #expect(error == .system(action: "open", path: url.path, code: ENOENT))
    #expect(error?.description == "\(url.path): cannot open: No such file or directory")
  }

  @Test func doesNotWriteUnderAFile() throws {
    try AtomicFile.write(Data("one".utf8), to: folder.file("a.txt"))
    let url = folder.file("a.txt/b.txt")
    #expect(throws: FileError.system(action: "open", path: url.path, code: ENOTDIR)) {
      try AtomicFile.write(Data("two".utf8), to: url)
    }
    #expect(try folder.text("a.txt") == "one")
  }

  @Test func leavesNothingBehindWhenTheNameIsAFolder() throws {
    let url = folder.file("taken")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    #expect(throws: FileError.system(action: "replace", path: url.path, code: EISDIR)) {
      try AtomicFile.write(Data("one".utf8), to: url)
    }
    #expect(try folder.names() == ["taken"])
  }

  @Test func doesNotWriteIntoAFolderThatIsNotWritable() {
    let error = #expect(throws: FileError.self) {
      try AtomicFile.write(Data("one".utf8), to: URL(fileURLWithPath: "/proc/a.txt"))
    }
    #expect(error?.description.hasPrefix("/proc/a.txt: cannot open: ") == true)
  }

  @Test func keepsTheOldFileWhenTheDiskIsFull() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let url = folder.file("a.txt")
      try AtomicFile.write(Data("old".utf8), to: url)
      try FullDisk.limitFiles(to: 4096)
      #expect(throws: FileError.system(action: "write", path: url.path, code: EFBIG)) {
        try AtomicFile.write(Data(count: 10_000), to: url)
      }
      #expect(try folder.text("a.txt") == "old")
      #expect(try folder.names() == ["a.txt"])
    }
  }
}
