import Datasets
import Foundation
import TestSupport
import Testing

@Suite("Image folders") struct ImageFolderTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try scratch.file(path, holding: "")
    try Data(bytes).write(to: scratch.file(path))
  }

  private func reason(_ path: String, classes: [String]? = nil) -> String? {
    do {
      _ = try ImageFolder(scratch.file(path), classes: classes)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("Classes come by name, images by path, other files not at all") func order() throws {
    let image = ImageFiles.jpeg([5, 6, 7])
    for path in [
      "t/dog/b.JPG", "t/dog/a/z.jpeg", "t/cat/2.png", "t/cat/10.jpg", "t/cat/.hidden.jpg", "t/cat/notes.txt",
    ] {
      try write(image, to: path)
    }
    try write(image, to: "t/stray.jpg")
    let folder = try ImageFolder(scratch.file("t"))
    #expect(folder.classes == ["cat", "dog"])
    #expect(folder.files.map { $0.lastPathComponent } == ["10.jpg", "2.png", "z.jpeg", "b.JPG"])
    #expect(folder.labels == [0, 0, 1, 1])
    // What a file is, its content says.
    #expect(try folder.image(1).width == 16)
  }

  @Test("Folders are searched, not read, if they are called like images; links to folders are followed")
  func folders() throws {
    let image = ImageFiles.jpeg([5, 6, 7])
    for path in [
      "f/cat/photos.jpg/1.jpg", "f/cat/2.jpg", "f/cat/none.png/notes.txt", "other/a.jpg", "other/b/c.jpg",
    ] {
      try write(image, to: path)
    }
    let manager = FileManager.default
    try manager.createSymbolicLink(at: scratch.file("f/dog"), withDestinationURL: scratch.file("other"))
    try manager.createSymbolicLink(
      at: scratch.file("f/cat/link.jpg"), withDestinationURL: scratch.file("other"))
    // A link to what it lies in is not followed for ever.
    try manager.createSymbolicLink(at: scratch.file("f/cat/again"), withDestinationURL: scratch.file("f/cat"))
    try manager.createSymbolicLink(at: scratch.file("linked"), withDestinationURL: scratch.file("f"))
    for name in ["f", "linked"] {
      let root = scratch.file(name)
      let folder = try ImageFolder(root)
      #expect(folder.classes == ["cat", "dog"])
      #expect(
        folder.files.map { $0.path.dropFirst(root.path.count) } == [
          "/cat/2.jpg", "/cat/link.jpg/a.jpg", "/cat/link.jpg/b/c.jpg", "/cat/photos.jpg/1.jpg", "/dog/a.jpg",
          "/dog/b/c.jpg",
        ])
      #expect(folder.labels == [0, 0, 0, 0, 1, 1])
      for index in folder.files.indices { #expect(try folder.image(index).width == 16) }
    }
  }

  @Test("Folders that are no image folders are refused by name") func refused() throws {
    try write(ImageFiles.jpeg([1, 2, 3]), to: "one/cat/1.jpg")
    #expect(try #require(reason("one")).contains("has one class, \"cat\""))
    #expect(try #require(reason("one/cat")).contains("has no folder of a class"))
    #expect(try #require(reason("none")).contains("cannot be listed"))
    try write([], to: "empty/cat/1.txt")
    try write(ImageFiles.jpeg([1, 2, 3]), to: "empty/dog/1.jpg")
    #expect(try #require(reason("empty")).contains("empty/cat has no image"))
    try write(ImageFiles.jpeg([1, 2, 3]), to: "one/dog/1.jpg")
    #expect(
      try #require(reason("one", classes: ["cat", "cow"])).contains(
        "other classes than those trained on (cow, dog)"))
    #expect(reason("one", classes: ["cat", "dog"]) == nil)
  }

  @Test("A damaged image, or one that has gone, is an error that names it") func damaged() throws {
    try write([], to: "d/cat/1.jpg")
    try write([0xff, 0xd8, 0xff], to: "d/dog/1.jpg")
    let folder = try ImageFolder(scratch.file("d"))
    for (index, name) in ["cat/1.jpg", "dog/1.jpg"].enumerated() {
      #expect { try folder.image(index) } throws: { "\($0)".contains(name) }
    }
    try FileManager.default.removeItem(at: folder.files[0])
    #expect { try folder.image(0) } throws: {
      "\($0)".contains("cannot read") && "\($0)".contains("cat/1.jpg")
    }
  }
}
