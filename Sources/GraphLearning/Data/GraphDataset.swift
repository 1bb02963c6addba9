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

  /// A digest of the graph's files.
  /// - Throws: What finding and reading them throws.
  func digest(in store: DatasetStore) throws -> String { try digest(in: store, files: GraphReader.files) }

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
