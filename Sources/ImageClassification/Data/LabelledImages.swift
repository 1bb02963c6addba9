import Datasets
import Torch

/// Images of one channel and their classes, on a device.
public struct LabelledImages: Sendable {
  /// A part of a data set; the raw value begins the names of its files.
  public enum Split: String, Sendable {
    /// The images to learn from.
    case training = "train"
    /// The images to report.
    case test = "t10k"
  }

  /// The pixels, from 0 to 255.
  ///
  /// **Shape** `[N, height * width]`, `uint8`
  public let pixels: Tensor
  /// The classes, from 0 to 9.
  ///
  /// **Shape** `[N]`, `int64`
  public let labels: Tensor

  /// Reads the two IDX files of a part of MNIST, Fashion-MNIST or another data set of the same files,
  /// `train-images-idx3-ubyte.gz` and so on.
  /// - Parameters:
  ///   - dataset: Such as `DatasetCatalog.fashionMNIST`.
  ///   - split: Which part.
  ///   - store: Where data sets are.
  ///   - device: Where the tensors are to lie.
  /// - Throws: `DataError` when files are missing, damaged or contradict each other.
  public init(
    _ dataset: Dataset, _ split: Split, from store: DatasetStore = DatasetStore(), device: Device = .cpu
  ) throws {
    let imageFile = try store.read(dataset, "\(split.rawValue)-images-idx3-ubyte.gz")
    let labelFile = try store.read(dataset, "\(split.rawValue)-labels-idx1-ubyte.gz")
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

  /// N, the number of images.
  public var count: Int { labels.shape[0] }

  /// The `count` images from number `start` on.
  public func part(from start: Int, count: Int) -> LabelledImages {
    LabelledImages(
      pixels: pixels.narrowed(0, start: start, length: count),
      labels: labels.narrowed(0, start: start, length: count))
  }

  /// The images of these numbers, in their order.
  ///
  /// **Shape** `[B]`, `int64`
  public func gathered(_ indices: Tensor) -> LabelledImages {
    LabelledImages(pixels: pixels.gathered(0, indices), labels: labels.gathered(0, indices))
  }

  /// The pixels as `(x / 255 - mean) / deviation`: with mean 0 and deviation 1 when `mean` and `deviation` are
  /// those of the training images' pixels, of 1.
  ///
  /// **Shape** `[N, height * width]`, `float32`
  public func normalized(mean: Double, deviation: Double) -> Tensor {
    // One multiplication and one addition: x / 255 / deviation - mean / deviation.
    pixels.to(.float32) * (1 / (255 * deviation)) - mean / deviation
  }
}
