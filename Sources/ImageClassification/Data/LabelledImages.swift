import Datasets
import Torch

/// Images of one channel and their classes, on a device.
public struct LabelledImages: Sendable {
  /// The pixels.
  ///
  /// **Shape** `[N, height * width]`, `uint8`
  let pixels: Tensor
  /// The classes.
  ///
  /// **Shape** `[N]`, `int64`
  let labels: Tensor

  /// Reads the IDX files `PREFIX-images-idx3-ubyte.gz` and `PREFIX-labels-idx1-ubyte.gz`.
  /// - Throws: `DataError` when they are missing, damaged or contradict each other.
  init(_ dataset: Dataset, prefix: String, from store: DatasetStore, device: Device) throws {
    let imageFile = try store.read(dataset, "\(prefix)-images-idx3-ubyte.gz")
    let labelFile = try store.read(dataset, "\(prefix)-labels-idx1-ubyte.gz")
    let (images, labels) = (try IDXFile(imageFile), try IDXFile(labelFile))
    func require(_ file: DataFile, _ condition: Bool, _ reason: String) throws {
      if !condition { throw DataError.malformed(path: file.path, offset: nil, reason: reason) }
    }
    try require(
      imageFile, images.dimensions.count == 3, "\(images.dimensions.count) dimensions where images have 3")
    try require(
      labelFile, labels.dimensions == [images.dimensions[0]],
      "\(labels.dimensions) labels for \(images.dimensions[0]) images")
    try require(labelFile, labels.bytes.allSatisfy { $0 < 10 }, "a class above 9")
    pixels = Tensor(images.bytes, shape: [images.dimensions[0], images.dimensions[1] * images.dimensions[2]])
      .to(device)
    self.labels = Tensor(labels.bytes).to(.int64).to(device)
  }

  private init(pixels: Tensor, labels: Tensor) {
    self.pixels = pixels
    self.labels = labels
  }

  /// N.
  var count: Int { labels.shape[0] }

  /// A part of the images.
  func part(from start: Int, count: Int) -> LabelledImages {
    LabelledImages(
      pixels: pixels.narrowed(0, start: start, length: count),
      labels: labels.narrowed(0, start: start, length: count))
  }

  /// The images of these indices.
  func gathered(_ indices: Tensor) -> LabelledImages {
    LabelledImages(pixels: pixels.gathered(0, indices), labels: labels.gathered(0, indices))
  }

  /// The pixels as numbers with mean 0 and deviation 1 over the training images.
  func normalized(mean: Double, deviation: Double) -> Tensor {
    // One multiplication and one addition: x / 255 / deviation - mean / deviation.
    pixels.to(.float32) * (1 / (255 * deviation)) - mean / deviation
  }
}
