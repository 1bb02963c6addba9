import Datasets
import Foundation
import TestSupport
import Testing

@Suite("Digests of data sets") struct DatasetDigestTests {
  private let scratch: TemporaryFolder
  private let dataset = smallDataset()

  init() throws { scratch = try TemporaryFolder() }

  private func store(_ folder: String) -> DatasetStore {
    DatasetStore(explicit: scratch.file(folder), environment: ["XDG_CACHE_HOME": scratch.file("cache").path])
  }

  private func write(_ folder: String, a: String = "hello world\n", b: String = "12345\n") throws {
    try scratch.file("\(folder)/small/a.txt", holding: a)
    try scratch.file("\(folder)/small/b.txt", holding: b)
  }

  @Test("The same bytes have the same digest wherever they are, other bytes another") func bytes() throws {
    try write("one")
    try write("two")
    try write("three", b: "12346\n")
    let digest = try store("one").digest(of: [dataset])
    #expect(try store("two").digest(of: [dataset]) == digest)
    #expect(try store("three").digest(of: [dataset]) != digest)
    #expect(try store("one").digest(of: []) != digest)
  }

  @Test("It is of the data set's name, too, and of the order of several") func names() throws {
    try write("one")
    let other = Dataset(
      name: "other", summary: "", folder: "small", files: dataset.files, sources: [])
    let store = store("one")
    let digests = try [[dataset], [other], [dataset, other], [other, dataset]].map {
      try store.digest(of: $0)
    }
    #expect(Set(digests).count == 4)
  }

  @Test("A data set that is not there, or not whole, has none, and the error says so") func missing() throws {
    #expect { try store("none").digest(of: [dataset]) } throws: { "\($0)".contains("small: a.txt is not in") }
    try scratch.file("half/small/a.txt", holding: "hello world\n")
    #expect { try store("half").digest(of: [dataset]) } throws: { "\($0)".contains("small: b.txt is not in") }
  }

  @Test("A link is what it leads to") func links() throws {
    let (root, target) = (scratch.file("images"), scratch.file("target"))
    try scratch.file("target", holding: "first")
    try scratch.file("plain/cat", holding: "first")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let link = root.appendingPathComponent("cat")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    let store = store("one")
    let digest = try store.digest(of: [link], below: root)
    #expect(try store.digest(of: [scratch.file("plain/cat")], below: scratch.file("plain")) == digest)
    try scratch.file("target", holding: "another")
    #expect(try store.digest(of: [link], below: root) != digest)
    try FileManager.default.removeItem(at: link)
    try scratch.file("elsewhere", holding: "first")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: scratch.file("elsewhere"))
    #expect(try store.digest(of: [link], below: root) == digest)
    try FileManager.default.removeItem(at: scratch.file("elsewhere"))
    #expect(throws: DataError.self) { try store.digest(of: [link], below: root) }
  }

  @Test("Of more bytes than the limit only sizes and times count, which still notices what changes")
  func stamps() throws {
    let root = scratch.file("many")
    let files = try (0..<40).map { try scratch.file("many/\($0 % 4)/\($0).png", holding: "image \($0 % 7)") }
    func date(_ seconds: Double) throws {
      for file in files {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: file.path)
      }
    }
    func digests() throws -> (content: String, stamps: String) {
      let store = store("one")
      return (
        try store.digest(of: files, below: root), try store.digest(of: files, below: root, limit: 40 * 7 - 1)
      )
    }
    try date(1e9)
    let first = try digests()
    #expect(try store("one").digest(of: files, below: root, limit: 40 * 7) == first.content)
    #expect(first.content != first.stamps)
    try date(1.1e9)
    let touched = try digests()
    #expect(touched.content == first.content && touched.stamps != first.stamps)
    try Data("image x and more".utf8).write(to: files[17])
    try date(1.1e9)
    let grown = try digests()
    #expect(grown.content != touched.content && grown.stamps != touched.stamps)
    let renamed = [files[1], files[0]] + files.dropFirst(2)
    #expect(try store("one").digest(of: renamed, below: root, limit: 0) != grown.stamps)
  }
}
