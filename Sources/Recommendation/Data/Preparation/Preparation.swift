import Basics
import Datasets
import Foundation

/// Makes prepared rows of raw ones, in memory that does not depend on how many there are.
///
/// The files are read three times, in pieces of 32 MiB and on several threads: for the digest and the number of lines; to
/// count the values of the fields; and to write the rows. Pieces that are done, of counts four together, are noted on the
/// disk: a process that was killed leaves everything to its successor but what it was at. What comes out depends neither
/// on the number of threads nor on interruptions.
///
/// Decompression, and the making of rows of several files, begin anew.
///
/// Memory: 9 MiB and the tables of counts for each thread, which are written out and begun anew when they exceed their
/// share of ``memory``; then the vocabulary, 74 bytes for each value that gets a row, and about 160 more for a text of
/// more than 8 bytes. A vocabulary that does not fit is an error.
public struct Preparation: Sendable {
  /// The raw rows.
  public let source: RowSource
  /// How they are prepared.
  public let settings: PreparationSettings
  /// Where the prepared rows go: `rows.bin`, `vocabulary.tsv` and `prepared.json`.
  public let folder: URL
  /// How many threads work; the number of processors unless set.
  public var threads = ProcessInfo.processInfo.activeProcessorCount
  /// The bytes of memory that may be used, beside what the process has without; 768 MiB unless set, and at least 64
  /// MiB.
  public var memory = 768 << 20
  /// The length of a piece, in bytes.
  package var pieceByteCount = 32 << 20
  /// How many pieces are counted in one go.
  package var piecesPerCount = 4

  /// A preparation.
  /// - Parameters:
  ///   - source: The raw rows.
  ///   - settings: How they are prepared.
  ///   - folder: Where the prepared rows go.
  public init(_ source: RowSource, _ settings: PreparationSettings = PreparationSettings(), in folder: URL) {
    (self.source, self.settings, self.folder) = (source, settings, folder)
  }

  /// A preparation whose rows go to the cache, into a folder for these files and settings.
  /// - Parameters:
  ///   - source: The raw rows.
  ///   - settings: How they are prepared.
  ///   - store: Whose cache, or explicit folder, it is.
  public init(
    _ source: RowSource, _ settings: PreparationSettings = PreparationSettings(), cachedIn store: DatasetStore
  ) {
    let paths = source.files.map { $0.url.standardizedFileURL.path }.joined(separator: "\n")
    let key = Digest.sha256(of: Array((Self.settingsDigest(source, settings) + paths).utf8)).prefix(12)
    let folder = store.fetchRoot.appendingPathComponent("prepared").appendingPathComponent(
      "\(source.name)-\(key)")
    self.init(source, settings, in: folder)
  }

  /// Prepares the rows, goes on where an earlier process stopped, or finds that they are there.
  /// - Parameter progress: Told how far it is, from several threads one after the other.
  /// - Returns: The prepared rows.
  /// - Throws: ``PreparationError``, `DataError`, `FileError`.
  public func run(_ progress: (PreparationProgress) -> Void = { _ in }) throws -> PreparedData {
    try settings.check()
    guard (1...1_024).contains(threads) else {
      throw PreparationError.setting(name: "--threads", reason: "must be from 1 to 1024")
    }
    guard memory >= 64 << 20 else {
      throw PreparationError.setting(name: "--memory", reason: "must be at least 64 (MiB)")
    }
    try OutputFolder.create(folder)
    // One process at a time works in a folder; the others find it done.
    let prepared = try FileLocks(folder.appendingPathComponent(".lock")).holding(0) {
      try withoutActuallyEscaping(progress) { try PreparationRun(self, progress: $0).run() }
    }
    guard let prepared else { throw FileError.unreadable(path: folder.path, reason: "it cannot be locked") }
    return prepared
  }

  /// A digest of everything that decides what comes out, but the contents of the files.
  var settingsDigest: String { Self.settingsDigest(source, settings) }

  private static func settingsDigest(_ source: RowSource, _ settings: PreparationSettings) -> String {
    struct Everything: Encodable {
      let version = 1
      let schema: RowSchema
      let settings: PreparationSettings
      let shares: [SplitShares]
      let derivations: [String]
    }
    var effective = settings
    // Which lines were let pass changes nothing of the others.
    effective.malformedLimit = 0
    let all = Everything(
      schema: source.schema, settings: effective, shares: source.files.map(\.shares),
      derivations: source.files.map { $0.derivation?.identity ?? "" })
    // Everything in it can be written as JSON.
    let text = (try? readableJSON(all)) ?? ""
    return Digest.sha256(of: Array(text.utf8))
  }
}
