import Basics

/// The data sets this package knows.
///
/// Lengths and digests are those of the official files, so that one catalogue serves every source.
public enum DatasetCatalog {
  /// Every data set, in the order in which lists show them.
  public static let all = citationNetworks + images + recommendation + text + assets

  /// The data set called `name`, of these.
  /// - Throws: ``DataError/unknownDataset(name:nearest:)``.
  public static func dataset(named name: String, among known: [Dataset] = all) throws -> Dataset {
    guard let dataset = known.first(where: { $0.name == name }) else {
      throw DataError.unknownDataset(name: name, nearest: nearest(to: name, among: known.map(\.name)))
    }
    return dataset
  }
}
