import Basics
import Foundation

/// One run of a ``Preparation``, step by step; only one process at a time has one in a folder.
final class PreparationRun {
  /// A piece of a file.
  struct Piece {
    let file: Int
    let number: Int
    let range: Range<Int>
  }

  /// What is known of a piece once it was read.
  struct PieceIndex: Codable {
    let piece: Int
    /// How many lines begin in it.
    let lines: Int
    let sha256: String
  }

  /// What is known of pieces once their values were counted.
  struct PieceCounts: Codable {
    let piece: Int
    var rows = PartCounts()
    var faults: [LineFault: Int] = [:]
    /// The first row with each fault, from 0 on.
    var firstFaults: [LineFault: Int] = [:]
    var notes: [LineNote: Int] = [:]
  }

  /// The pieces that were counted together.
  struct UnitCounts: Codable {
    let unit: Int
    let pieces: [PieceCounts]
  }

  /// What is known of a piece once its rows were written.
  struct PieceRows: Codable {
    let piece: Int
    var positives = PartCounts()
    /// For each field, the rows of each part with a value out of the vocabulary.
    var unseen: [PartCounts]
  }

  /// What work in progress belongs to.
  private struct Plan: Codable, Equatable {
    let version: Int
    let settingsDigest: String
    let sources: [PreparedSummary.Source]
    let pieceByteCount: Int
    let piecesPerCount: Int
  }

  let preparation: Preparation
  private let progress: (PreparationProgress) -> Void
  let work: URL
  var source: RowSource { preparation.source }
  var schema: RowSchema { preparation.source.schema }

  /// The texts that are read: the files, or what was made of them.
  var texts: [RandomAccessFile] = []
  var derivedFaults: [LineFault: Int] = [:]
  var headers: [Bool] = []
  var columns: [RowColumns] = []
  var pieces: [Piece] = []
  /// The pieces that are counted together.
  var units: [[Int]] = []
  var index: [PieceIndex] = []
  /// The number of the first row of each piece in its file, and how many rows each file has.
  var firstRows: [Int] = []
  var rowCounts: [Int] = []
  var splits: [RowSplit] = []

  init(_ preparation: Preparation, progress: @escaping (PreparationProgress) -> Void) {
    (self.preparation, self.progress) = (preparation, progress)
    work = preparation.folder.appendingPathComponent("work")
  }

  func run() throws -> PreparedData {
    let sources = try source.files.flatMap { $0.derivation?.inputs ?? [$0.url] }.map(
      PreparedSummary.Source.init)
    let existing = try? PreparedSummary(in: preparation.folder)
    if let existing {
      guard existing.settingsDigest == preparation.settingsDigest else {
        throw PreparationError.differs(folder: preparation.folder.path)
      }
      if existing.sources == sources {
        try? FileManager.default.removeItem(at: work)
        return try PreparedData(preparation.folder)
      }
    }
    try begin(sources)
    try derive()
    try plan()
    try read()
    let sourceDigest = Digest.sha256(
      of: Array(
        zip(pieces, index).map { "\($0.file) \($0.number) \($1.sha256)" }.joined(separator: "\n").utf8))
    if let existing, existing.sourceDigest == sourceDigest {
      // Only elsewhere, or touched.
      try existing.replacing(sources).write(in: preparation.folder)
      try FileManager.default.removeItem(at: work)
      return try PreparedData(preparation.folder)
    }
    let counted = try count()
    try checkFaults(counted)
    let (vocabulary, vocabularyDigest) = try makeVocabulary()
    let rows = counted.reduce(PartCounts()) { $0 + $1.rows }
    guard rows.training > 0 else {
      throw PreparationError.emptyPart(name: source.name, part: "train", reason: "none")
    }
    let digest = Digest.sha256(of: Array("\(preparation.settingsDigest) \(sourceDigest)".utf8))
    let layout = PreparedLayout(rows: rows, offsets: vocabulary.offsets, digest: digest)
    let written = try write(vocabulary, layout, counted)
    let summary = summary(
      sources, sourceDigest, digest, vocabularyDigest, layout: layout, counted: counted, written: written)
    try finish(layout, summary)
    return try PreparedData(preparation.folder)
  }

  // MARK: - Steps

  /// Begins, or finds work in progress of the same plan; that of another is thrown away.
  func begin(_ sources: [PreparedSummary.Source]) throws {
    let plan = Plan(
      version: 1, settingsDigest: preparation.settingsDigest, sources: sources,
      pieceByteCount: preparation.pieceByteCount, piecesPerCount: preparation.piecesPerCount)
    let file = work.appendingPathComponent("plan.json")
    if let data = try? Data(contentsOf: file), (try? JSONDecoder().decode(Plan.self, from: data)) == plan {
      return
    }
    if FileManager.default.fileExists(atPath: work.path) { try FileManager.default.removeItem(at: work) }
    try OutputFolder.create(work)
    try AtomicFile.write(Data(readableJSON(plan).utf8), to: file)
  }

  /// Makes the texts that are not files of their own.
  func derive() throws {
    for (number, file) in source.files.enumerated() {
      guard let derivation = file.derivation else {
        texts.append(try RandomAccessFile(reading: file.url))
        continue
      }
      let text = work.appendingPathComponent("derived-\(number)")
      let faults = text.appendingPathExtension("json")
      if !FileManager.default.fileExists(atPath: faults.path) {
        progress(PreparationProgress(stage: .deriving, completed: 0, total: 0, resumed: 0))
        for input in derivation.inputs { try TextCheck.check(input, isGzip: derivation is GzipText) }
        let output = try OutputFile(text)
        try output.truncate(to: 0)
        let found = try derivation.write(to: output, seed: preparation.settings.seed)
        try output.synchronize()
        try AtomicFile.write(JSONEncoder().encode(found), to: faults)
      }
      let found = try JSONDecoder().decode([LineFault: Int].self, from: Data(contentsOf: faults))
      derivedFaults.merge(found, uniquingKeysWith: +)
      texts.append(try RandomAccessFile(reading: text))
    }
  }

  /// Cuts the texts into pieces and reads their headers.
  func plan() throws {
    for (number, text) in texts.enumerated() {
      let file = source.files[number]
      if file.derivation == nil { try TextCheck.check(file.url, isGzip: false) }
      let total = text.byteCount
      guard total > 0 else { throw PreparationError.noRows(path: file.url.path) }
      let header = try header(of: text)
      headers.append(header != nil)
      columns.append(
        try RowColumns(schema, names: schema.header == .present ? header : nil, source: file.url.path))
      let starts = Array(stride(from: 0, to: total, by: preparation.pieceByteCount))
      let first = pieces.count
      for (piece, start) in starts.enumerated() {
        pieces.append(
          Piece(file: number, number: piece, range: start..<min(start + preparation.pieceByteCount, total)))
      }
      for start in stride(from: first, to: pieces.count, by: preparation.piecesPerCount) {
        units.append(Array(start..<min(start + preparation.piecesPerCount, pieces.count)))
      }
    }
  }

  /// The names in the first line of a text; nil where it is a row.
  func header(of text: RandomAccessFile) throws -> [String]? {
    guard schema.header != .absent else { return nil }
    let reader = try LineReader(text, 0..<text.byteCount)
    try reader.skipByteOrderMark()
    let separator = UInt8(ascii: schema.layout == .comma ? "," : "\t")
    let cells = try reader.next().flatMap {
      RowParser.cells(of: $0, separator: separator, allowsQuotes: schema.layout == .comma)
    }
    if schema.header == .optional { return cells == schema.fields.map(\.name) ? cells : nil }
    guard let cells else { throw PreparationError.header(path: text.path, reason: "is not a line of names") }
    return cells
  }

  func summary(
    _ sources: [PreparedSummary.Source], _ sourceDigest: String, _ digest: String, _ vocabularyDigest: String,
    layout: PreparedLayout, counted: [PieceCounts], written: [PieceRows]
  ) -> PreparedSummary {
    var notes: [LineNote: Int] = [:]
    for piece in counted { notes.merge(piece.notes, uniquingKeysWith: +) }
    let fields = schema.features.enumerated().map { field, feature in
      PreparedSummary.Field(
        name: feature.name, offset: layout.offsets[field],
        size: layout.offsets[field + 1] - layout.offsets[field],
        unseen: written.reduce(PartCounts()) { $0 + $1.unseen[field] })
    }
    return PreparedSummary(
      name: source.name, digest: digest, settingsDigest: preparation.settingsDigest,
      sourceDigest: sourceDigest,
      sources: sources, schema: schema, settings: preparation.settings, fields: fields, rows: layout.rows,
      positives: written.reduce(PartCounts()) { $0 + $1.positives }, faults: faults(of: counted),
      notes: notes,
      vocabularyDigest: vocabularyDigest)
  }

  /// Puts the files into place, `prepared.json` last.
  func finish(_ layout: PreparedLayout, _ summary: PreparedSummary) throws {
    func move(_ from: URL, _ to: URL) throws {
      guard rename(from.path, to.path) == 0 else {
        throw FileError.system(action: "replace", path: to.path, code: errno)
      }
    }
    let old = PreparedSummary.url(in: preparation.folder)
    if FileManager.default.fileExists(atPath: old.path) { try FileManager.default.removeItem(at: old) }
    // A copy, so that work which is interrupted here still finds it.
    try AtomicFile.write(
      Data(contentsOf: work.appendingPathComponent("vocabulary.tsv"), options: .mappedIfSafe),
      to: PreparedData.vocabulary(in: preparation.folder))
    let rows = PreparedData.rows(in: preparation.folder)
    try? FileManager.default.removeItem(at: rows)
    guard link(rowsFile.path, rows.path) == 0 || errno == EPERM else {
      throw FileError.system(action: "link", path: rows.path, code: errno)
    }
    if !FileManager.default.fileExists(atPath: rows.path) { try move(rowsFile, rows) }
    try summary.write(in: preparation.folder)
    try FileManager.default.removeItem(at: work)
  }

  // MARK: - Progress

  func meter(_ stage: PreparationProgress.Stage, _ total: Int, resumed: Int) -> ProgressMeter {
    progress(PreparationProgress(stage: stage, completed: resumed, total: total, resumed: resumed))
    return ProgressMeter(stage, total, resumed: resumed, progress)
  }
}
