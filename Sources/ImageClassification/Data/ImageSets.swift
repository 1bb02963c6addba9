import Datasets
import Networks
import Torch
import Training

/// The images of a task on a device, and what is known of them.
struct ImageSets {
  /// The images to learn from.
  let training: LabelledImages
  /// The images to choose by, where the data have them apart; nil where they are to be taken from the training images.
  let validation: LabelledImages?
  /// The images to report.
  let test: LabelledImages
  /// K.
  let classCount: Int
  /// How the pixels of the training images are distributed.
  let statistics: PixelStatistics

  /// Reads the images of a configuration.
  /// - Throws: `DataError` when files are missing, damaged or contradict each other, `ConfigurationError` when nothing is at
  ///   a path.
  init(_ configuration: ImageClassificationConfiguration, _ environment: TaskEnvironment) throws {
    switch configuration.dataset {
    case .name(let name):
      func images(_ split: LabelledImages.Split) throws -> LabelledImages {
        try LabelledImages(name.dataset, split, from: environment.datasets, device: environment.device)
      }
      (training, validation, test) = (try images(.training), nil, try images(.test))
      (classCount, statistics) = (name.classCount, name.statistics)
    case .path(let path):
      let place = try ImageSelection.place(of: path, in: environment.datasets)
      let images = try OwnImages(place, configuration.own)
      func moved(_ images: LabelledImages) -> LabelledImages { images.on(environment.device) }
      statistics = images.training.statistics
      (training, validation, test) = (
        moved(images.training), images.validation.map(moved), moved(images.test)
      )
      classCount = images.classCount
    }
  }
}

/// The images of a task: a data set of a name, or one's own in a folder or file that ``OwnImages`` reads.
public typealias ImageSelection = NameOrPath<ImageDataset>

extension NameOrPath<ImageDataset> {
  /// A digest of the images' files.
  /// - Throws: What finding and reading them throws.
  func digest(in store: DatasetStore) throws -> String { try digest(in: store, files: OwnImages.files) }
}
