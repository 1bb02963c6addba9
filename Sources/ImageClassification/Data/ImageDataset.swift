import Datasets
import Networks

/// A set of small labelled images that is kept in memory.
public enum ImageDataset: String, NamedChoice {
  /// Fashion-MNIST (Xiao et al. 2017): articles of clothing, 28 by 28.
  case fashionMNIST = "fashion-mnist"
  /// MNIST (LeCun et al. 1998): handwritten digits, 28 by 28.
  case mnist
  /// CIFAR-10 (Krizhevsky 2009): ten kinds of things, in colour, 32 by 32.
  case cifar10 = "cifar-10"
  /// The same from the Python version's files.
  case cifar10Python = "cifar-10-python"
  /// CIFAR-100 (Krizhevsky 2009): a hundred kinds, in colour, 32 by 32.
  case cifar100 = "cifar-100"
  /// The same from the Python version's files.
  case cifar100Python = "cifar-100-python"

  /// What is known of a set.
  private struct Entry {
    let dataset: Dataset
    let classCount: Int
    let statistics: PixelStatistics
  }

  private var entry: Entry {
    switch self {
    case .fashionMNIST: Entry(dataset: DatasetCatalog.fashionMNIST, classCount: 10, statistics: .fashionMNIST)
    case .mnist: Entry(dataset: DatasetCatalog.mnist, classCount: 10, statistics: .mnist)
    case .cifar10: Entry(dataset: DatasetCatalog.cifar10, classCount: 10, statistics: .cifar10)
    case .cifar10Python: Entry(dataset: DatasetCatalog.cifar10Python, classCount: 10, statistics: .cifar10)
    case .cifar100: Entry(dataset: DatasetCatalog.cifar100, classCount: 100, statistics: .cifar100)
    case .cifar100Python:
      Entry(dataset: DatasetCatalog.cifar100Python, classCount: 100, statistics: .cifar100)
    }
  }

  /// Its files.
  public var dataset: Dataset { entry.dataset }
  /// K, the number of classes.
  public var classCount: Int { entry.classCount }
  /// The statistics of its training images' pixels, by which images are normalised.
  public var statistics: PixelStatistics { entry.statistics }
  /// Whether its images have three channels.
  public var isInColour: Bool { entry.statistics.means.count == 3 }
}
