import Datasets
import Networks
import Training

/// A citation network: papers, the words in them, their classes and who cites whom.
public enum CitationDataset: String, NamedChoice {
  /// Cora: 2,708 papers, 7 classes.
  case cora
  /// CiteSeer: 3,327 papers, 6 classes.
  case citeseer
  /// PubMed: 19,717 papers, 3 classes.
  case pubmed

  /// The name as papers write it.
  public var title: String {
    switch self {
    case .cora: "Cora"
    case .citeseer: "CiteSeer"
    case .pubmed: "PubMed"
    }
  }

  /// What its classes are called, in their order; nil where the files' order is not certain.
  ///
  /// The Planetoid files number classes without naming them: names are told by how many papers each class has, which no two
  /// classes share. PubMed's stay numbers.
  var classNames: [String]? {
    switch self {
    case .cora:
      [
        "theory", "reinforcement learning", "genetic algorithms", "neural networks", "probabilistic methods",
        "case based", "rule learning",
      ]
    case .citeseer:
      [
        "artificial intelligence", "machine learning", "information retrieval", "databases", "agents",
        "human-computer interaction",
      ]
    case .pubmed: nil
    }
  }

  /// Its files.
  public var dataset: Dataset {
    switch self {
    case .cora: DatasetCatalog.cora
    case .citeseer: DatasetCatalog.citeseer
    case .pubmed: DatasetCatalog.pubmed
    }
  }
}

extension CitationDataset: DatasetChoice {}
