import Datasets
import Foundation
import Networks

/// A name of a setting that stands for a data set of the catalogue.
package protocol DatasetChoice: NamedChoice {
  /// Its files.
  var dataset: Dataset { get }
}

extension NameOrPath where Name: DatasetChoice {
  /// The data set of a name; none for data of one's own, which no catalogue knows.
  package var datasets: [Dataset] { name.map { [$0.dataset] } ?? [] }

  /// A digest of the data's files.
  /// - Parameters:
  ///   - store: Where data sets are.
  ///   - files: Of data of one's own those that are read: the place itself, or files below it.
  /// - Throws: What finding and reading them throws.
  package func digest(in store: DatasetStore, files: (URL) throws -> [URL]) throws -> String {
    switch self {
    case .name(let name): return try store.digest(of: [name.dataset])
    case .path(let path):
      let place = try Self.place(of: path, in: store)
      let files = try files(place)
      return try store.digest(of: files, below: files == [place] ? place.deletingLastPathComponent() : place)
    }
  }
}
