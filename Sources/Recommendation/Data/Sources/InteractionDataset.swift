import Datasets
import Foundation
import Networks

/// Rows by name: what was shown or used in which context, and whether it was clicked, used or liked.
public enum InteractionDataset: String, NamedChoice {
  /// Criteo's display advertisements, `criteo/train.txt`: the Kaggle file of 45,840,617 rows, or a sample of it.
  case criteo
  /// A sample of Avazu's mobile advertisements, of which the parts are given.
  case avazu
  /// Frappe's libFM files: learned from `frappe.validation.libfm`, and one half each of `frappe.test.libfm` to select
  /// by and to report. These are two of the three parts of the published split, not that split.
  case frappe
  /// The Frappe log: each use of an app in a context, and the same context with two apps, drawn by the seed from all of the
  /// log, that the user did not use in that context. It is not the published split Frappe_x1.
  case frappeLog = "frappe-log"
  /// MovieLens-100k: ratings above 3 are positive.
  case movieLens = "movielens-100k"

  /// What it is called in tables.
  public var title: String {
    switch self {
    case .criteo: "Criteo"
    case .avazu: "Avazu sample"
    case .frappe: "Frappe (two of three parts)"
    case .frappeLog: "Frappe log"
    case .movieLens: "MovieLens-100k"
    }
  }

  /// Its files.
  public var dataset: Dataset {
    switch self {
    case .criteo: DatasetCatalog.criteoSample
    case .avazu: DatasetCatalog.avazuSample
    case .frappe: DatasetCatalog.frappe
    case .frappeLog: DatasetCatalog.frappeLog
    case .movieLens: DatasetCatalog.movieLens100k
    }
  }

  /// What its lines look like.
  public var schema: RowSchema {
    switch self {
    case .criteo: .criteo
    case .avazu: .avazu
    case .frappe: .frappe
    case .frappeLog: .frappeLog
    case .movieLens: .movieLens
    }
  }

  /// The shares of rows that are for training, validation and test, where the files do not decide it: 80, 10 and 10 %
  /// as Launay et al. 2020 split Criteo; 70, 20 and 10 % as BARS splits Frappe and MovieLens.
  public var shares: SplitShares? {
    switch self {
    case .criteo: .published
    case .avazu, .frappe: nil
    case .frappeLog, .movieLens: .bars
    }
  }

  /// The raw rows.
  /// - Parameters:
  ///   - store: Where data sets are.
  ///   - shares: What rows are for, instead of ``shares``; for files whose parts are given, none can be told.
  /// - Throws: `DataError` where files are missing, ``PreparationError/setting(name:reason:)``.
  public func source(from store: DatasetStore, shares: SplitShares? = nil) throws -> RowSource {
    if shares != nil, self.shares == nil {
      throw PreparationError.setting(
        name: "--split", reason: "is not for \(rawValue), whose files are its parts; leave it out")
    }
    let split = shares ?? self.shares ?? .published
    func file(_ path: String) throws -> URL { try store.file(dataset, path) }
    let files: [RowSource.File]
    switch self {
    case .criteo: files = [RowSource.File(try Self.criteoFile(in: store), split)]
    case .avazu:
      files = [
        RowSource.File(try file("train.txt"), .training), RowSource.File(try file("dev.txt"), .validation),
        RowSource.File(try file("test.txt"), .test),
      ]
    case .frappe:
      files = [
        RowSource.File(try file("frappe.validation.libfm"), .training),
        RowSource.File(try file("frappe.test.libfm"), .halves),
      ]
    case .frappeLog: return try Self.frappeLogSource(file("log.csv"), shares: split)
    case .movieLens:
      return try Self.movieLensSource(file("ml-100k.inter").deletingLastPathComponent(), shares: split)
    }
    return try RowSource(rawValue, schema, files)
  }

  /// The rows of a log of Frappe's form, with negatives.
  package static func frappeLogSource(_ log: URL, shares: SplitShares) throws -> RowSource {
    try RowSource(
      frappeLog.rawValue, .frappeLog, [RowSource.File(log, shares, derivation: FrappeLog(log: log))])
  }

  /// The ratings of a folder of MovieLens' files, in RecBole's form.
  package static func movieLensSource(_ folder: URL, shares: SplitShares) throws -> RowSource {
    func file(_ kind: String) -> URL { folder.appendingPathComponent("ml-100k.\(kind)") }
    let ratings = MovieLensRatings(ratings: file("inter"), users: file("user"), items: file("item"))
    return try RowSource(
      movieLens.rawValue, .movieLens, [RowSource.File(ratings.ratings, shares, derivation: ratings)])
  }

  /// `criteo/train.txt` of any length in the first root that has one: the whole file, or the sample.
  private static func criteoFile(in store: DatasetStore) throws -> URL {
    let places = store.roots.flatMap { root in
      ["train.txt", "train.txt.gz"].map { root.appendingPathComponent("criteo").appendingPathComponent($0) }
    }
    return try places.first { FileManager.default.fileExists(atPath: $0.path) }
      ?? store.file(DatasetCatalog.criteoSample, "train.txt")
  }
}
