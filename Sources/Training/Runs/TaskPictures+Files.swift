import Basics
import Foundation
import Reports

extension TaskPictures {
  /// What `pictures.json` says of the PNG files beside it.
  private struct Index: Codable {
    struct Picture: Codable {
      let title: String
      let note: String?
      let file: String
    }

    let subject: String
    let expected: Picture?
    let shown: [Picture]
  }

  /// Writes a PNG file for each picture, and at last `pictures.json`, which says what they are.
  /// - Parameter folder: Where to; made where it is missing.
  /// - Throws: ``RunError/notWritable(_:)``, `FileError`.
  func write(to folder: URL) throws {
    try RunError.createFolder(folder)
    func write(_ picture: ReportPicture) throws -> Index.Picture {
      let file = "\(picture.title.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()).png"
      try AtomicFile.write(picture.png, to: folder.appendingPathComponent(file))
      return Index.Picture(title: picture.title, note: picture.note, file: file)
    }
    let index = try Index(subject: subject, expected: expected.map(write), shown: shown.map(write))
    try AtomicFile.write(Data((readableJSON(index) + "\n").utf8), to: Self.index(in: folder))
  }

  /// Reads what was written; nil when nothing was.
  /// - Throws: ``RunError/damaged(_:_:)``.
  init?(in folder: URL) throws {
    let file = Self.index(in: folder)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    guard let data = try? Data(contentsOf: file),
      let index = try? JSONDecoder().decode(Index.self, from: data), !index.shown.isEmpty
    else { throw RunError.damaged(file.path, "is no list of a run's pictures") }
    func read(_ picture: Index.Picture) throws -> ReportPicture {
      let file = folder.appendingPathComponent(URL(fileURLWithPath: picture.file).lastPathComponent)
      guard let png = try? Data(contentsOf: file) else { throw RunError.damaged(file.path, "cannot be read") }
      return ReportPicture(picture.title, note: picture.note, png: png)
    }
    try self.init(of: index.subject, expected: index.expected.map(read), shown: index.shown.map(read))
  }

  private static func index(in folder: URL) -> URL { folder.appendingPathComponent("pictures.json") }
}
