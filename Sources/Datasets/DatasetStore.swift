import Basics
import Foundation

/// Finds, checks, reads and fetches data sets under a few root folders.
///
/// The roots are searched in order: the one named explicitly (`--data`), the environment's `DFA_DATA`, and
/// the cache, `$XDG_CACHE_HOME/dfa` or else `~/.cache/dfa`. One that is named explicitly is taken at its word.
public struct DatasetStore: Sendable {
  /// The folders searched, in order; the cache is last.
  public let roots: [URL]
  /// Where ``fetch(_:to:progress:)`` puts files unless told otherwise: the explicit root, else the cache.
  public let fetchRoot: URL
  let environment: [String: String]
  private let explicit: URL?
  private let noteFallback: @Sendable (String) -> Void

  /// A store that searches `explicit` first, then the folders that `environment` names. What `explicit` has of a data set
  /// counts, damaged or incomplete as it may be; only a data set of which it has nothing is looked for elsewhere.
  /// - Parameters:
  ///   - explicit: The folder that somebody named; nil for none.
  ///   - environment: Where `DFA_DATA` and the cache's place are looked up.
  ///   - noteFallback: Told in one line when a data set is read from elsewhere than `explicit`.
  public init(
    explicit: URL? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
    noteFallback: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.explicit = explicit
    self.noteFallback = noteFallback
    let fromEnvironment = environment["DFA_DATA"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
    let cache = Self.cache(environment)
    roots = [explicit, fromEnvironment, cache].compactMap { $0 }
    fetchRoot = explicit ?? cache
    self.environment = environment
  }

  /// What of `dataset` is on this machine: the explicit root where that has any of the files, else the first complete root,
  /// else the first with any of the files.
  public func state(of dataset: Dataset) -> DatasetState {
    require(!dataset.files.isEmpty, "data set \(dataset.name) has no files")
    var incomplete: DatasetState?
    for root in roots {
      let folder = root.appendingPathComponent(dataset.folder)
      let problems = dataset.files.compactMap { problem(with: $0, of: dataset, in: folder) }
      if problems.isEmpty {
        return .complete(folder: folder)
      }
      let absent = problems.filter { if case .missing = $0 { true } else { false } }
      if incomplete == nil, absent.count < dataset.files.count {
        incomplete = .incomplete(folder: folder, problems: problems)
        if root == explicit { break }
      }
    }
    return incomplete ?? .absent(searched: folders(of: dataset))
  }

  /// The folder of the first root that has every file of `dataset` with its right length.
  /// - Throws: ``DataError`` `.missing`, `.truncated` or `.oversized` for the first file that is not right.
  public func locate(_ dataset: Dataset) throws -> URL {
    switch state(of: dataset) {
    case .complete(let folder):
      if let explicit, folder != explicit.appendingPathComponent(dataset.folder) {
        noteFallback("\(dataset.name): \(explicit.path) has none of it; reads \(folder.path)")
      }
      return folder
    case .incomplete(_, let problems): throw problems[0]
    case .absent: throw missing(dataset.files[0], of: dataset)
    }
  }

  /// Where the file `path` of `dataset` is, in the folder that ``locate(_:)`` finds.
  /// - Throws: ``DataError``, as ``locate(_:)``, or `.unknownFile`.
  public func file(_ dataset: Dataset, _ path: String) throws -> URL {
    let file = try dataset.file(path)
    return try locate(dataset).appendingPathComponent(file.path)
  }

  /// The content of the file `path` of `dataset`, its length and, where known, SHA-256 checked.
  /// - Throws: ``DataError``, as ``file(_:_:)``, or `.file` or `.checksumMismatch`.
  public func read(_ dataset: Dataset, _ path: String) throws -> DataFile {
    let expected = try dataset.file(path)
    let url = try file(dataset, path)
    let content = try DataFile(contentsOf: url)
    try check(expected, at: url, in: dataset) { () throws(DataError) in Digest.sha256(of: content.bytes) }
    return content
  }

  /// A folder that no catalogue knows: at a path, or of that name in the first root that has it.
  /// - Throws: ``DataError/folder(path:reason:)``.
  public func folder(_ name: String) throws -> URL {
    let places = [URL(fileURLWithPath: name)] + roots.map { $0.appendingPathComponent(name) }
    let found = places.first { place in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) && isFolder.boolValue
    }
    guard let found else {
      throw DataError.folder(
        path: name, reason: "is no folder, nor one in \(roots.map(\.path).joined(separator: ", "))")
    }
    return found
  }

  /// A file or folder that no catalogue knows: at a path, or of that name in the first root that has it; nil when there is
  /// none.
  public func place(_ name: String) -> URL? {
    ([URL(fileURLWithPath: name)] + roots.map { $0.appendingPathComponent(name) })
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Checks the length of every file of `dataset`, and its SHA-256 where one is known; of
  /// ``Dataset/filesWithoutDigest``, that they have the format and number of images of each class.
  /// - Returns: One error for each file that is not right; nothing if all are.
  public func verify(_ dataset: Dataset) -> [DataError] {
    switch state(of: dataset) {
    case .incomplete(_, let problems):
      return problems
    case .absent:
      return dataset.files.map { missing($0, of: dataset) }
    case .complete(let folder):
      let problems: [DataError] = dataset.files.compactMap { file in
        let url = folder.appendingPathComponent(file.path)
        do throws(DataError) {
          try check(file, at: url, in: dataset) { () throws(DataError) in
            do throws(FileError) {
              return try Digest.sha256(ofFileAt: url)
            } catch {
              throw DataError.file(error)
            }
          }
          return nil
        } catch {
          return error
        }
      }
      return problems.isEmpty ? contentProblems(of: dataset) : problems
    }
  }

  /// What is wrong with the content of files whose digests are not known.
  private func contentProblems(of dataset: Dataset) -> [DataError] {
    [true, false].compactMap { isTraining in
      do {
        _ = try cifar(dataset, isTraining: isTraining)
        return nil
      } catch { return error as? DataError }
    }
  }

  /// Compares a digest, which is made only where one is known, with what it should be.
  private func check(
    _ file: DatasetFile, at url: URL, in dataset: Dataset, digest: () throws(DataError) -> String
  ) throws(DataError) {
    guard let expected = file.sha256 else { return }
    let actual = try digest()
    guard actual != expected else { return }
    throw .checksumMismatch(dataset: dataset.name, path: url.path, expected: expected, actual: actual)
  }

  private func problem(with file: DatasetFile, of dataset: Dataset, in folder: URL) -> DataError? {
    let url = folder.appendingPathComponent(file.path)
    guard let bytes = url.fileByteCount else {
      return .missing(dataset: dataset.name, file: file.path, searched: [folder.path])
    }
    if bytes < file.byteCount {
      return .truncated(dataset: dataset.name, file: file.path, bytes: bytes, expected: file.byteCount)
    }
    if bytes > file.byteCount {
      return .oversized(dataset: dataset.name, path: url.path, bytes: bytes, expected: file.byteCount)
    }
    return nil
  }

  private func missing(_ file: DatasetFile, of dataset: Dataset) -> DataError {
    .missing(dataset: dataset.name, file: file.path, searched: folders(of: dataset).map(\.path))
  }

  private func folders(of dataset: Dataset) -> [URL] {
    roots.map { $0.appendingPathComponent(dataset.folder) }
  }

  private static func cache(_ environment: [String: String]) -> URL {
    if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
      return URL(fileURLWithPath: path).appendingPathComponent("dfa")
    }
    let home = environment["HOME"].map { URL(fileURLWithPath: $0) }
    return (home ?? FileManager.default.homeDirectoryForCurrentUser).appendingPathComponent(".cache/dfa")
  }
}
