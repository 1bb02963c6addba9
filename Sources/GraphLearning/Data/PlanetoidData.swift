import Datasets

/// A citation network with its public split: what ``PlanetoidReader`` reads. N nodes, F features, K
/// classes, E edges.
public struct PlanetoidData: Sendable {
  /// What each document says, N by F: 0 or 1 for each word (Cora, CiteSeer) or its TF-IDF weight (PubMed).
  /// Not normalised; the row of a node without text is empty.
  public let features: CompressedRows
  /// The class of each of the N nodes, from 0 to K - 1; -1 where none is known.
  public let labels: [Int]
  /// K.
  public let classes: Int
  /// The E citations, regardless of direction: each once, lower node first, in increasing order, none from
  /// a node to itself.
  public let edges: [(Int32, Int32)]
  /// The nodes to train on: 20 of each class.
  public let trainingNodes: [Int]
  /// The nodes to choose settings by: the 500 after the training nodes.
  public let validationNodes: [Int]
  /// The nodes to report, in increasing order: 1,000.
  public let testNodes: [Int]

  /// N.
  public var nodes: Int { labels.count }
}
