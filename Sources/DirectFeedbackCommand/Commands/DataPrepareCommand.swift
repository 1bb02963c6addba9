import ArgumentParser
import Basics
import Datasets
import DirectFeedback
import Foundation
import Reports

/// Prepares rows of recommenders.
struct DataPrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Turn raw rows of a recommender into a file that is trained from.",
    discussion: """
      Reads files of any size in memory that is bounded, counts the values of each field among the training rows, and writes labels and \
      features once. Work that was killed goes on where it stopped when the command is given again. Lines that give no row are left out, \
      counted and reported; too many of them end the command.

      A data set is criteo (also the whole train.txt in DATA/criteo), avazu, frappe, frappe-log or movielens-100k. Files of your own \
      need --schema, a YAML file:

        layout: comma            # or tab, libfm
        header: present          # or absent, optional
        minimumCount: 10
        fields:
          - click: label         # or "label above 3"
          - age: number width(10)
          - site: category
          - id: ignored

      Names that end in .gz are decompressed first.

      EXAMPLES
        dfa data prepare frappe-log
        dfa data prepare criteo --split 0.8,0.1,0.1 --seed 42
        dfa data prepare criteo --input day_0.gz --minimum-count 20 --output prepared/day0
        dfa data prepare --schema shop.yaml --input clicks.csv --test later.csv
      """)

  @Argument(
    help: ArgumentHelp(
      "The data set: \(InteractionDataset.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"),
    completion: .list(InteractionDataset.allCases.map(\.rawValue)))
  var name: String?

  @Option(
    help: ArgumentHelp("What the columns of --input are, in YAML.", valueName: "file"),
    completion: .configurations)
  var schema: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files of rows: to learn from where --validation or --test are given, else to split; in the format of the data set where one is named.",
      valueName: "files"), completion: .file())
  var input: [String] = []

  @Option(help: ArgumentHelp("A file of rows to select by.", valueName: "file"), completion: .file())
  var validation: String?

  @Option(help: ArgumentHelp("A file of rows to report.", valueName: "file"), completion: .file())
  var test: String?

  @Option(
    help: ArgumentHelp(
      "The shares of the rows to learn from, to select by and to report.", valueName: "shares"))
  var split: String?

  @Option(help: "What rows are split, and negatives drawn, by.")
  var seed: UInt64 = 0

  @Option(
    help:
      "How often a value has to be there to get a row of the table; the data set's or schema's when not given."
  )
  var minimumCount: Int?

  @Option(
    help:
      "The rows whose values are counted: \(PreparationSettings.VocabularyRows.allCases.map(\.rawValue).joined(separator: ", ")). With all, the published code's way, values of test rows get rows of the table."
  )
  var vocabulary = PreparationSettings.VocabularyRows.training

  @Option(help: "The share of the lines that may give no row.")
  var malformedLimit = 0.01

  @OptionGroup var work: PreparationOptions

  @Option(
    help: ArgumentHelp(
      "Where the prepared rows go; a folder of the cache when not given.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath?

  @OptionGroup var options: DataOptions

  func validate() throws {
    guard name != nil || schema != nil else {
      throw ValidationError(
        "name a data set (\(InteractionDataset.allCases.map(\.rawValue).joined(separator: ", "))), or give --schema and --input"
      )
    }
    if name != nil, schema != nil { throw ValidationError("--schema is not for data sets with a name") }
    if schema != nil, input.isEmpty { throw ValidationError("--schema needs --input with the files of rows") }
    if input.isEmpty, validation != nil || test != nil {
      throw ValidationError("--validation and --test need --input with the file to learn from")
    }
  }

  func run() throws {
    let settings = PreparationSettings(
      seed: seed, vocabulary: vocabulary, minimumCount: minimumCount, malformedLimit: malformedLimit)
    let source = try source()
    var preparation =
      output.map { Preparation(source, settings, in: $0.url) }
      ?? Preparation(source, settings, cachedIn: options.store)
    preparation.memory = work.memory << 20
    if let threads = work.threads { preparation.threads = threads }
    let bars = PreparationBars(source.name)
    let stopwatch = Stopwatch()
    let prepared = try preparation.run(bars.update)
    bars.finish()
    let report = PreparationReport(
      prepared, seconds: bars.worked ? stopwatch.seconds : nil, resumedRows: bars.resumedRows)
    if options.result.json { return try Console.json(report) }
    Console.print(report.text)
  }

  private func source() throws -> RowSource {
    let shares = try split.map { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
      guard parts.count == 3 else {
        throw PreparationError.setting(
          name: "--split", reason: "must be three shares of which the sum is 1, such as 0.8,0.1,0.1")
      }
      return try SplitShares(parts[0], parts[1], parts[2])
    }
    let dataset = try name.map { name in
      guard let dataset = InteractionDataset(rawValue: name) else {
        throw ConfigurationError.unknown("data set", name, among: InteractionDataset.allCases.map(\.rawValue))
      }
      return dataset
    }
    guard !input.isEmpty else {
      guard let dataset else { throw ValidationError("name a data set, or give --schema and --input") }
      return try dataset.source(from: options.store, shares: shares)
    }
    let files = input.map { URL(fileURLWithPath: $0) }
    let rows = try dataset?.schema ?? RowSchema(contentsOf: URL(fileURLWithPath: schema ?? ""))
    let name = dataset?.rawValue ?? files[0].deletingPathExtension().lastPathComponent
    let others =
      (validation.map { [RowSource.File(URL(fileURLWithPath: $0), .validation)] } ?? [])
      + (test.map { [RowSource.File(URL(fileURLWithPath: $0), .test)] } ?? [])
    if shares != nil, !others.isEmpty {
      throw PreparationError.setting(
        name: "--split", reason: "is for files without --validation and --test; leave one of them out")
    }
    let own = shares ?? (others.isEmpty ? .published : .training)
    return try RowSource(name, rows, files.map { RowSource.File($0, own) } + others)
  }
}

extension PreparationSettings.VocabularyRows: ExpressibleByArgument {}
