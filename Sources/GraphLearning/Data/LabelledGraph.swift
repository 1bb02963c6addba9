import Datasets

/// A graph whose nodes have features and classes: what ``PlanetoidReader`` and ``GraphReader`` read. N nodes, F features, K
/// classes, E edges.
public struct LabelledGraph: Sendable {
  /// What is known of each node, N by F; of a citation network 0 or 1 for each word (Cora, CiteSeer) or its TF-IDF weight
  /// (PubMed). Not normalised; the row of a node of which nothing is known is empty.
  public let features: CompressedRows
  /// The class of each of the N nodes, from 0 to K - 1; -1 where none is known.
  public let labels: [Int]
  /// K.
  public let classes: Int
  /// The E edges, regardless of direction: each once, lower node first, in increasing order, none from a node to itself.
  public let edges: [(Int32, Int32)]
  /// The split that the data have; nil when they have none. Of citation networks: 20 nodes of each class, the 500 after them
  /// and 1,000 others.
  public let split: NodeSplit?

  /// A graph of these parts.
  public init(
    features: CompressedRows, labels: [Int], classes: Int, edges: [(Int32, Int32)], split: NodeSplit?
  ) {
    (self.features, self.labels, self.classes) = (features, labels, classes)
    (self.edges, self.split) = (edges, split)
  }

  /// N.
  public var nodes: Int { labels.count }
}
