import Basics

/// A data set: which files it has, where they lie under a data root, and where they come from.
public struct Dataset: Equatable, Sendable {
  /// The name used on the command line: `cora`.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// The folder under a data root, as official distributions name it: `planetoid`.
  public let folder: String
  /// Its files.
  public let files: [DatasetFile]
  /// Where to fetch the files, in the order in which sources are tried.
  public let sources: [DatasetSource]

  /// A data set of `files` that lie in `folder` under a data root and come from the first of `sources` that
  /// works.
  public init(
    name: String, summary: String, folder: String, files: [DatasetFile], sources: [DatasetSource]
  ) {
    self.name = name
    self.summary = summary
    self.folder = folder
    self.files = files
    self.sources = sources
  }

  /// The length of all files together, in bytes.
  public var byteCount: Int {
    files.reduce(0) { $0 + $1.byteCount }
  }

  /// The files of which no digest is known, so that their length alone is checked.
  public var filesWithoutDigest: [DatasetFile] {
    files.filter { $0.sha256 == nil }
  }

  /// The file at `path`.
  /// - Throws: ``DataError/unknownFile(dataset:file:nearest:)``.
  public func file(_ path: String) throws -> DatasetFile {
    guard let file = files.first(where: { $0.path == path }) else {
      let close = nearest(to: path, among: files.map(\.path))
      throw DataError.unknownFile(dataset: name, file: path, nearest: close)
    }
    return file
  }
}
