import Datasets
import Networks
import Training

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

    init(_ dataset: Dataset, classes: Int, means: [Double], deviations: [Double]) {
      (self.dataset, classCount) = (dataset, classes)
      statistics = PixelStatistics(means: means, deviations: deviations)
    }
  }

  private var entry: Entry {
    switch self {
    case .fashionMNIST: Entry(DatasetCatalog.fashionMNIST, classes: 10, means: [0.2860], deviations: [0.3530])
    case .mnist: Entry(DatasetCatalog.mnist, classes: 10, means: [0.1307], deviations: [0.3081])
    case .cifar10: cifar10(DatasetCatalog.cifar10)
    case .cifar10Python: cifar10(DatasetCatalog.cifar10Python)
    case .cifar100: cifar100(DatasetCatalog.cifar100)
    case .cifar100Python: cifar100(DatasetCatalog.cifar100Python)
    }
  }

  /// The statistics are those of the 2019 paper's code: the deviations are means over images of the deviation within each.
  private func cifar10(_ dataset: Dataset) -> Entry {
    Entry(dataset, classes: 10, means: [0.4914, 0.4822, 0.4465], deviations: [0.2023, 0.1994, 0.2010])
  }

  private func cifar100(_ dataset: Dataset) -> Entry {
    Entry(dataset, classes: 100, means: [0.5071, 0.4865, 0.4409], deviations: [0.2673, 0.2564, 0.2762])
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

extension ImageDataset: DatasetChoice {}
