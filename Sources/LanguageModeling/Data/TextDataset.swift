import Datasets
import Networks
import Training

/// Texts by name.
public enum TextDataset: String, NamedChoice {
  /// All of Shakespeare's plays in 1,115,394 characters, of which the first nine tenths are for training and a twentieth each for
  /// validation and test; nanoGPT validates on both of these.
  case tinyShakespeare = "tiny-shakespeare"
  /// WikiText-2: articles of Wikipedia, 2,088,628 words for training (Merity et al. 2017).
  case wikiText2 = "wikitext-2"
}

extension TextDataset: DatasetChoice {
  /// Its files.
  public var dataset: Dataset {
    switch self {
    case .tinyShakespeare: DatasetCatalog.tinyShakespeare
    case .wikiText2: DatasetCatalog.wikiText2
    }
  }
}
