import DirectFeedback
import Foundation

/// How fast raw rows are prepared, and in how much memory, on random rows in Criteo's format.
package struct PreparationBenchmark: Encodable, Sendable {
  /// The rows.
  package let rows: Int
  /// The length of their file.
  package let rawBytes: Int
  /// The length of the file of prepared rows.
  package let preparedBytes: Int
  /// Rows of the table of all fields.
  package let features: Int
  /// Threads that worked.
  package let threads: Int
  /// From the first byte read to the last one on the disk.
  package let seconds: Double
  /// How long processors worked for it in that time, all of them together: beside other work, what is told of the program.
  package let processorSeconds: Double
  /// What of the process lay in memory before; nil where the system does not tell.
  package let bytesBefore: Int?
  /// The peak of what lay in memory, in this process.
  package let peakBytes: Int?
  /// How long 200 batches of 4,096 rows in random order took.
  package let readingSeconds: Double
  /// Of what lay in memory after that, the part that is no page of a file; nil where the system does not tell.
  package let bytesAfterReading: Int?

  /// Rows a second.
  package var rowsPerSecond: Double { Double(rows) / seconds }

  private enum CodingKeys: String, CodingKey {
    case rows, rawBytes, preparedBytes, features, threads, seconds, processorSeconds, bytesBefore, peakBytes,
      readingSeconds, bytesAfterReading
    case rowsPerSecond
  }

  /// Writes the object with ``rowsPerSecond``.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(rawBytes, forKey: .rawBytes)
    try container.encode(preparedBytes, forKey: .preparedBytes)
    try container.encode(features, forKey: .features)
    try container.encode(threads, forKey: .threads)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(processorSeconds, forKey: .processorSeconds)
    try container.encode(bytesBefore, forKey: .bytesBefore)
    try container.encode(peakBytes, forKey: .peakBytes)
    try container.encode(readingSeconds, forKey: .readingSeconds)
    try container.encode(bytesAfterReading, forKey: .bytesAfterReading)
    try container.encode(rowsPerSecond, forKey: .rowsPerSecond)
  }

  /// Makes rows, prepares them, and reads some.
  /// - Parameters:
  ///   - rows: How many.
  ///   - folder: Where files are made; those of the rows are removed at the end.
  ///   - threads: How many threads work; as many as processors where nil.
  ///   - memory: The bytes that may be used for tables.
  ///   - progress: Told how far it is.
  /// - Throws: `FileError`, `PreparationError`.
  package init(
    rows: Int, in folder: URL, threads: Int?, memory: Int, _ progress: (PreparationProgress) -> Void
  ) throws {
    try OutputFolder.create(folder)
    let (raw, target) = (
      folder.appendingPathComponent("train.txt"), folder.appendingPathComponent("prepared")
    )
    defer {
      try? FileManager.default.removeItem(at: raw)
      try? FileManager.default.removeItem(at: target)
    }
    var generator = CriteoRows(seed: 0)
    try generator.write(rows, to: raw)
    try? FileManager.default.removeItem(at: target)
    var preparation = Preparation(
      try RowSource("criteo", .criteo, [RowSource.File(raw, .published)]), in: target)
    if let threads { preparation.threads = threads }
    preparation.memory = memory
    bytesBefore = ResidentMemory.bytes
    let (stopwatch, processorsBefore) = (Stopwatch(), ProcessorTime.seconds)
    let prepared = try preparation.run(progress)
    seconds = stopwatch.seconds
    processorSeconds = ProcessorTime.seconds - processorsBefore
    peakBytes = ResidentMemory.peakBytes
    let loader = try FeatureLoader(prepared, .training, batchSize: 4_096, order: .shuffled(seed: 0))
    let reading = Stopwatch()
    for step in 0..<200 { _ = try loader.batch(step, of: 200) }
    readingSeconds = reading.seconds
    bytesAfterReading = ResidentMemory.ownBytes
    self.rows = prepared.summary.rows.total
    self.threads = preparation.threads
    rawBytes = try raw.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    preparedBytes = prepared.byteCount
    features = prepared.tableSize
  }
}
