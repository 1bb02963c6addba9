import Datasets
import Foundation
import Networks
import Training

/// The graph of a task: one of the citation networks, or one's own in a file or folder that ``GraphReader`` reads.
public typealias GraphDataset = NameOrPath<CitationDataset>

extension NameOrPath<CitationDataset> {
  /// What keys of this type mean, for a list of keys.
  static var explanation: String {
    "a citation network, or your own graph: an .npz file, or a folder of text files"
  }

  /// The data set of a citation network; none for a graph of one's own, which no catalogue knows.
  var datasets: [Dataset] {
    if case .name(let name) = self { [name.dataset] } else { [] }
  }

  /// A digest of the graph's files.
  /// - Throws: What finding and reading them throws.
  func digest(in store: DatasetStore) throws -> String {
    switch self {
    case .name(let name): return try store.digest(of: [name.dataset])
    case .path(let path):
      let place = try Self.place(of: path, in: store)
      let files = try GraphReader.files(place)
      return try store.digest(of: files, below: files == [place] ? place.deletingLastPathComponent() : place)
    }
  }

  /// Reads the graph.
  /// - Throws: `DataError` when files are missing, damaged or contradict each other, `ConfigurationError` when nothing is at
  ///   the path.
  func read(from store: DatasetStore) throws -> LabelledGraph {
    switch self {
    case .name(let name): try PlanetoidReader.read(name.dataset, from: store)
    case .path(let path): try GraphReader.read(Self.place(of: path, in: store))
    }
  }
}
