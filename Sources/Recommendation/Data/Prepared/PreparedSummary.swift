import Basics
import Foundation

/// What was prepared, of what and how: the file `prepared.json` of its folder, which is written last.
public struct PreparedSummary: Codable, Equatable, Sendable {
  /// A file that was read, as it was then.
  public struct Source: Codable, Equatable, Sendable {
    /// Where it was.
    public let path: String
    /// Its length in bytes.
    public let byteCount: Int
    /// When it was changed, in seconds since 1970.
    public let modified: Double

    /// - Throws: `FileError` where there is no file.
    init(_ url: URL) throws {
      path = url.standardizedFileURL.path
      var status = stat()
      guard stat(path, &status) == 0 else { throw FileError.system(action: "open", path: path, code: errno) }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw FileError.unreadable(path: path, reason: "it is no regular file")
      }
      byteCount = Int(status.st_size)
      modified = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
    }
  }

  /// A field of the prepared rows.
  public struct Field: Codable, Equatable, Sendable {
    /// The name.
    public let name: String
    /// The first row of the field in the table of all: that of every value that is not in the vocabulary.
    public let offset: Int
    /// The rows of the field in the table: the values of the vocabulary, and one.
    public let size: Int
    /// How many rows of each part have a value that is not in the vocabulary.
    public let unseen: PartCounts
  }

  /// Lines that gave no row.
  public struct Fault: Codable, Equatable, Sendable {
    /// How many.
    public var count: Int
    /// The first of them, from 1 on, with the name of the file.
    public var first: String

    /// So many lines.
    public init(count: Int, first: String) { (self.count, self.first) = (count, first) }
  }

  /// What the rows are called.
  public let name: String
  /// SHA-256 of the contents of the sources and of all settings: equal for equal prepared rows.
  public let digest: String
  /// SHA-256 of the settings alone.
  public let settingsDigest: String
  /// SHA-256 of the digests of the sources' pieces of 32 MiB.
  public let sourceDigest: String
  /// The files that were read.
  public let sources: [Source]
  /// What their lines look like.
  public let schema: RowSchema
  /// How they were prepared.
  public let settings: PreparationSettings
  /// The fields, in the order of a row's features.
  public let fields: [Field]
  /// How many rows each part has.
  public let rows: PartCounts
  /// How many of them are positive.
  public let positives: PartCounts
  /// The lines that gave no row, by why.
  public let faults: [LineFault: Fault]
  /// How many lines were odd, by how.
  public let notes: [LineNote: Int]
  /// SHA-256 of `vocabulary.tsv`.
  public let vocabularyDigest: String

  /// All lines that were read, header and blank ones included in neither rows nor faults left out.
  public var lineCount: Int { rows.total + faults.values.reduce(0) { $0 + $1.count } }
  /// Rows of the table of all fields.
  public var tableSize: Int { fields.last.map { $0.offset + $0.size } ?? 0 }

  /// The share of the cells of a part of which the value is not in the vocabulary.
  public func unseenShare(_ part: KeyPath<PartCounts, Int>) -> Double {
    let cells = rows[keyPath: part] * fields.count
    return cells > 0 ? Double(fields.reduce(0) { $0 + $1.unseen[keyPath: part] }) / Double(cells) : 0
  }

  /// The share of the rows that is positive.
  public var positiveShare: Double { rows.total > 0 ? Double(positives.total) / Double(rows.total) : 0 }
}

extension PreparedSummary {
  static func url(in folder: URL) -> URL { folder.appendingPathComponent("prepared.json") }

  /// Reads that of a folder.
  /// - Throws: ``PreparationError``: `.notPrepared`, `.damaged`.
  init(in folder: URL) throws {
    guard let data = try? Data(contentsOf: Self.url(in: folder)) else {
      throw PreparationError.notPrepared(folder: folder.path)
    }
    do { self = try JSONDecoder().decode(PreparedSummary.self, from: data) } catch {
      throw PreparationError.damaged(
        path: Self.url(in: folder).path, reason: "is not what this version writes")
    }
  }

  func write(in folder: URL) throws {
    try AtomicFile.write(Data((readableJSON(self) + "\n").utf8), to: Self.url(in: folder))
  }

  /// The same of sources that are elsewhere, or were touched.
  func replacing(_ sources: [Source]) -> PreparedSummary {
    PreparedSummary(
      name: name, digest: digest, settingsDigest: settingsDigest, sourceDigest: sourceDigest,
      sources: sources,
      schema: schema, settings: settings, fields: fields, rows: rows, positives: positives, faults: faults,
      notes: notes,
      vocabularyDigest: vocabularyDigest)
  }
}
