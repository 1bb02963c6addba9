import Basics
import Foundation

/// Puts files into the folder of a data set so that none ever has its final name before it is right.
struct FileInstaller {
  /// The folder of the data set.
  let folder: URL

  /// Makes sure that the folders of `files` exist and can be written to.
  func prepare(for files: [DatasetFile]) throws {
    for parent in Set(files.map { destination(of: $0).deletingLastPathComponent() }) {
      try writing(to: parent) {
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      }
    }
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      throw DataError.notWritable(path: folder.path, reason: "permission denied")
    }
  }

  /// Whether `file` is in place with the right content.
  func has(_ file: DatasetFile) -> Bool {
    let url = destination(of: file)
    guard url.fileByteCount == file.byteCount else { return false }
    return file.sha256.map { (try? Digest.sha256(ofFileAt: url)) == $0 } ?? true
  }

  /// Where `file` is written before it is known to be right.
  func part(of file: DatasetFile) -> URL {
    destination(of: file).appendingPathExtension("part")
  }

  /// Gives the partial file its final name if its content is right, and deletes it otherwise.
  /// - Throws: ``SourceFailure`` if it is not right.
  func finish(_ file: DatasetFile) throws {
    let part = part(of: file)
    guard part.fileByteCount != nil else {
      throw SourceFailure(reason: "the transfer of \(file.path) gave nothing")
    }
    do {
      try check(part, file)
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw error
    }
    let final = destination(of: file)
    guard rename(part.path, final.path) == 0 else {
      throw DataError.notWritable(path: final.path, reason: String(cString: strerror(errno)))
    }
  }

  private func check(_ part: URL, _ file: DatasetFile) throws {
    guard let expected = file.sha256 else {
      guard part.fileByteCount == file.byteCount else {
        throw SourceFailure(
          reason: "\(file.path) has \(part.fileByteCount ?? 0) bytes, expected \(file.byteCount)")
      }
      return
    }
    let actual = try Digest.sha256(ofFileAt: part)
    guard actual == expected else {
      throw SourceFailure(reason: "\(file.path) has SHA-256 \(actual), expected \(expected)")
    }
  }

  /// Copies `file` from the folder `source` into place.
  /// - Throws: ``SourceFailure`` if it is not there or not right, `DataError.notWritable` if there is no
  ///   room.
  func copy(_ file: DatasetFile, from source: URL) throws {
    let original = source.appendingPathComponent(file.path)
    guard original.fileByteCount != nil else {
      throw SourceFailure(reason: "it has no \(file.path)")
    }
    let part = part(of: file)
    try? FileManager.default.removeItem(at: part)
    do {
      try writing(to: part) {
        try FileManager.default.copyItem(at: original.resolvingSymlinksInPath(), to: part)
      }
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw error
    }
    try finish(file)
  }

  private func destination(of file: DatasetFile) -> URL {
    folder.appendingPathComponent(file.path)
  }

  private func writing(to url: URL, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      throw DataError.notWritable(path: url.path, reason: error.localizedDescription)
    }
  }
}
