import ArgumentParser
import Datasets
import DirectFeedback
import Foundation
import Reports

/// Data sets: which there are, where they are, whether they are OK.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, fetch, verify, find, prepare and draw data sets.",
    discussion: """
      Data sets are looked for under --data, the environment variable DFA_DATA and the cache (~/.cache/dfa), in the folder names of their \
      official distributions.

      EXAMPLES
        dfa data list
        dfa data fetch fashion-mnist citeseer
        dfa data verify cora
        dfa data path citeseer
        dfa data prepare frappe-log
        dfa data make-scene scenes/shapes
      """,
    subcommands: [
      DataListCommand.self, DataFetchCommand.self, DataVerifyCommand.self, DataPathCommand.self,
      DataPrepareCommand.self, DataMakeSceneCommand.self,
    ])
}

/// Where data sets are looked for, and which are meant.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A folder of data sets, searched before DFA_DATA and the cache.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @OptionGroup var result: OutputOptions

  var store: DatasetStore { DatasetStore(option: data) }
}

/// Lists the data sets and where they are.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the data sets and where they are.",
    discussion: """
      EXAMPLES
        dfa data list
        dfa data list --data ~/data --json
      """)

  @OptionGroup var options: DataOptions

  func run() throws {
    let rows = families.datasets.map { DatasetRow($0, options.store) }
    if options.result.json { return try Console.json(["datasets": rows]) }
    let table = Table(
      columns: [
        TableColumn("data set"), TableColumn("size", .right), TableColumn("where"), TableColumn("what"),
      ],
      rows: rows.map { [$0.name, NumberFormat.bytes($0.bytes), $0.path ?? $0.state, $0.summary] })
    Console.print(table.plain)
  }
}

/// Fetches data sets.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch data sets from their sources, in order, and verify their checksums.",
    discussion: """
      They go to --data, or else to the cache. Files that are there and OK are left alone.

      EXAMPLES
        dfa data fetch fashion-mnist citeseer
        dfa data fetch cora --data ~/data
      """)

  @Argument(help: "The data sets; see \"dfa data list\".", completion: .datasets)
  var names: [String]

  @OptionGroup var options: DataOptions

  func run() throws {
    let datasets = try names.map(families.dataset(named:))
    var paths: [String: String] = [:]
    var firstError: DataError?
    for dataset in datasets {
      do {
        paths[dataset.name] = try fetch(dataset).path
      } catch let error as DataError {
        // The others may well be had.
        if datasets.count > 1 { Console.error("\(error)") }
        firstError = firstError ?? error
      }
    }
    if options.result.json { try Console.json(["paths": paths]) }
    if let firstError { throw firstError }
  }

  private func fetch(_ dataset: Dataset) throws -> URL {
    if case .complete(let folder) = options.store.state(of: dataset), options.store.verify(dataset).isEmpty {
      let limits = dataset.filesWithoutDigest.isEmpty ? "" : " (of its files no digest is known)"
      Console.error("\(dataset.name) is in \(folder.path)\(limits)")
      return folder
    }
    let bar = ProgressBar(label: "fetch \(dataset.name)", total: max(dataset.byteCount, 1), unit: "byte")
    let folder = try options.store.fetch(dataset) {
      bar.update(min($0.bytes, dataset.byteCount), message: $0.source)
    }
    bar.finish(message: folder.path)
    // What was there with the right lengths may be something else.
    if let problem = options.store.verify(dataset).first { throw problem }
    return folder
  }
}

/// Verifies data sets.
struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the length and, where known, SHA-256 of every file of data sets.",
    discussion: """
      Of CIFAR-10 and CIFAR-100 only the archives have published digests, which are checked when they are fetched; of their files \
      the lengths, the format and the number of images of each class are checked, which the verdict says ("withoutDigest" in JSON).

      EXAMPLES
        dfa data verify
        dfa data verify cora citeseer
      """)

  @Argument(help: "The data sets; all that are here when not given.", completion: .datasets)
  var names: [String] = []

  @OptionGroup var options: DataOptions

  func run() throws {
    let named = try names.map(families.dataset(named:))
    let here = families.datasets.filter {
      if case .absent = options.store.state(of: $0) { false } else { true }
    }
    var verdict = DataVerdict()
    var firstError: DataError?
    for dataset in names.isEmpty ? here : named {
      let errors = options.store.verify(dataset)
      let unchecked = dataset.filesWithoutDigest.map(\.path)
      verdict.problems[dataset.name] = errors.map(\.description)
      verdict.withoutDigest[dataset.name] = unchecked
      firstError = firstError ?? errors.first
      if !options.result.json {
        let problems = errors.map(\.description).joined(separator: "\n  ")
        let text = errors.isEmpty ? Self.verdict(withoutDigest: unchecked, of: dataset) : problems
        Console.print("\(dataset.name): \(text)")
      }
    }
    if options.result.json { try Console.json(verdict) }
    if let firstError { throw firstError }
  }

  /// What to say of a data set without problems.
  private static func verdict(withoutDigest unchecked: [String], of dataset: Dataset) -> String {
    if unchecked.isEmpty { return "OK" }
    let files = unchecked.count == dataset.files.count ? "every file" : unchecked.joined(separator: ", ")
    return "right lengths and classes; the bytes of \(files) were not checked, as no SHA-256 is known"
  }
}

/// What was found of data sets, by name.
struct DataVerdict: Encodable {
  /// What is wrong.
  var problems: [String: [String]] = [:]
  /// The files whose bytes were not checked, as no digest is known.
  var withoutDigest: [String: [String]] = [:]
}

/// Prints where a data set is.
struct DataPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print the folder of a data set.",
    discussion: """
      EXAMPLES
        dfa data path citeseer
      """)

  @Argument(help: "The data set; see \"dfa data list\".", completion: .datasets)
  var name: String

  @OptionGroup var options: DataOptions

  func run() throws {
    let folder = try options.store.locate(families.dataset(named: name))
    if options.result.json { return try Console.json(["path": folder.path]) }
    Console.print(folder.path)
  }
}

/// A data set as it is listed.
struct DatasetRow: Encodable {
  let name: String
  let summary: String
  let bytes: Int
  let state: String
  let path: String?

  init(_ dataset: Dataset, _ store: DatasetStore) {
    name = dataset.name
    summary = dataset.summary
    bytes = dataset.byteCount
    switch store.state(of: dataset) {
    case .complete(let folder): (state, path) = ("complete", folder.path)
    case .incomplete(let folder, _): (state, path) = ("incomplete", folder.path)
    case .absent: (state, path) = ("not here", nil)
    }
  }
}
