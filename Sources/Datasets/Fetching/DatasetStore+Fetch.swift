import Foundation

extension DatasetStore {
  /// Brings every file of `dataset` into its folder under `destination`, or else under ``fetchRoot``.
  ///
  /// Files that are already right are left alone. Sources are tried in order; a download that was interrupted
  /// is resumed. A file gets its final name only once its SHA-256 is right.
  /// - Returns: The folder of the data set.
  /// - Throws: ``DataError`` `.fetchFailed` with one line for each source tried, or `.notWritable`.
  @discardableResult
  public func fetch(
    _ dataset: Dataset, to destination: URL? = nil, progress: @escaping (FetchProgress) -> Void = { _ in }
  ) throws -> URL {
    let folder = (destination ?? fetchRoot).appendingPathComponent(dataset.folder)
    let installer = FileInstaller(folder: folder)
    try installer.prepare(for: dataset.files)
    var attempts: [String] = []
    for source in dataset.sources {
      let wanted = dataset.files.filter { !installer.has($0) }
      if wanted.isEmpty { break }
      let fetch = SourceFetch(
        source: source, dataset: dataset, wanted: wanted, installer: installer, environment: environment,
        progress: progress)
      do {
        try fetch.run()
      } catch let failure as SourceFailure {
        attempts.append("\(source): \(failure.reason)")
      }
    }
    guard dataset.files.allSatisfy(installer.has) else {
      throw DataError.fetchFailed(
        dataset: dataset.name, attempts: attempts,
        files: dataset.files.filter { !installer.has($0) }.map(\.path), folder: folder.path)
    }
    return folder
  }
}
