import ArgumentParser
import Benchmarking
import DirectFeedback
import Foundation
import Reports

/// Measures how fast raw rows are prepared.
struct BenchPrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Measure how fast raw rows are prepared, and in how much memory.",
    discussion: """
      Makes random rows in Criteo's format (about 240 bytes each), prepares them as "dfa data prepare criteo" does, and reads 200 batches. \
      The folder needs about 650 bytes for each row, which are free again at the end.

      EXAMPLES
        dfa bench prepare --rows 1000000
        dfa bench prepare --rows 10000000 --threads 2 --folder /scratch/rows --json
      """)

  @Option(help: "How many rows.")
  var rows = 1_000_000

  @OptionGroup var work: PreparationOptions

  @Option(
    help: ArgumentHelp(
      "Where files are made; a folder for temporary files when not given.", valueName: "folder"),
    completion: .directory)
  var folder: OutputPath?

  @OptionGroup var result: OutputOptions

  func validate() throws {
    try checkRange("--rows", rows, 1_000...1_000_000_000)
  }

  func run() throws {
    let place =
      folder?.url
      ?? FileManager.default.temporaryDirectory.appendingPathComponent("dfa-rows-\(UUID().uuidString)")
    defer { if folder == nil { try? FileManager.default.removeItem(at: place) } }
    let bars = PreparationBars("rows")
    let measured = try PreparationBenchmark(
      rows: rows, in: place, threads: work.threads, memory: work.memory << 20, bars.update)
    bars.finish()
    if result.json { return try Console.json(measured) }
    func bytes(_ count: Int?) -> String { count.map(NumberFormat.bytes) ?? "unknown" }
    Console.print(
      """
      \(measured.rows) rows (\(bytes(measured.rawBytes))) in \(NumberFormat.seconds(measured.seconds)) on \(measured.threads) \
      threads: \(NumberFormat.rate(measured.rowsPerSecond, unit: "row")), \(measured.features) features, \
      \(bytes(measured.preparedBytes)); \(NumberFormat.seconds(measured.processorSeconds)) of processors' time, \
      \(NumberFormat.rate(Double(measured.rows) / measured.processorSeconds, unit: "row")) of one
      peak \(bytes(measured.peakBytes)) in memory, \(bytes(measured.bytesBefore)) before
      200 batches of 4096 rows in random order in \(NumberFormat.seconds(measured.readingSeconds)), \
      \(bytes(measured.bytesAfterReading)) of the process's own in memory after that
      """)
  }
}
