import Datasets
import Networks

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

  /// Its files.
  public var dataset: Dataset {
    switch self {
    case .cora: DatasetCatalog.cora
    case .citeseer: DatasetCatalog.citeseer
    case .pubmed: DatasetCatalog.pubmed
    }
  }
}
