import Basics
import Foundation
import Synchronization

extension DatasetStore {
  /// A digest of the bytes of data sets, where a read would find them: equal for equal bytes, wherever they are; 20
  /// hexadecimal digits.
  /// - Throws: ``DataError`` when a file is missing or cannot be read.
  public func digest(of datasets: [Dataset]) throws -> String {
    var lines: [String] = []
    for dataset in datasets {
      let folder = try locate(dataset)
      for file in dataset.files {
        lines.append(
          "\(dataset.name)/\(file.path) \(try contentDigest(folder.appendingPathComponent(file.path)))")
      }
    }
    return digest(lines)
  }

  /// A digest of files below a folder: of their paths and bytes, or where these are many (more than `limit`) of their
  /// paths, lengths and times of change.
  /// - Throws: ``DataError`` when a file cannot be read.
  public func digest(of files: [URL], below folder: URL, limit: Int = 1 << 30) throws -> String {
    let isSmall = files.reduce(0) { $0 + ($1.fileByteCount ?? 0) } <= limit
    return digest(
      try files.map { file in
        let path = file.path.dropFirst(folder.path.count)
        return "\(path) \(isSmall ? try contentDigest(file) : FileStamp(file).text)"
      })
  }

  private func digest(_ lines: [String]) -> String {
    // Short enough for a line that people read: 80 bits.
    String(Digest.sha256(of: Array(lines.joined(separator: "\n").utf8)).prefix(20))
  }

  /// The digest of a file's bytes, which is made once as long as the file stays as it is.
  private func contentDigest(_ url: URL) throws(DataError) -> String {
    let stamp = FileStamp(url)
    if let known = contentDigests.withLock({ $0[stamp] }) { return known }
    do throws(FileError) {
      let digest = try Digest.sha256(ofFileAt: url)
      contentDigests.withLock { $0[stamp] = digest }
      return digest
    } catch { throw DataError.file(error) }
  }
}

/// The digests made in this process.
private let contentDigests = Mutex<[FileStamp: String]>([:])

/// A file as it is: another length or time of change makes it another.
private struct FileStamp: Hashable {
  let path: String
  let byteCount: Int
  let changed: TimeInterval

  init(_ url: URL) {
    path = url.path
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
    byteCount = (attributes?[.size] as? NSNumber)?.intValue ?? -1
    changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
  }

  var text: String { "\(byteCount) \(changed)" }
}
