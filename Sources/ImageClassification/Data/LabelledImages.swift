import Datasets
import Torch

/// Images and their classes, on a device.
public struct LabelledImages: Sendable {
  /// A part of a data set.
  public enum Split: Sendable {
    /// The images to learn from.
    case training
    /// The images to report.
    case test
  }

  /// The pixels, from 0 to 255.
  ///
  /// **Shape** `[N, channels * height * width]`, `uint8`
  public let pixels: Tensor
  /// The classes, from 0 on.
  ///
  /// **Shape** `[N]`, `int64`
  public let labels: Tensor
  /// The channels, rows and columns of an image.
  public let imageShape: [Int]

  /// Reads a part of MNIST, Fashion-MNIST, CIFAR-10 or CIFAR-100.
  /// - Parameters:
  ///   - dataset: Such as `DatasetCatalog.fashionMNIST`.
  ///   - split: Which part.
  ///   - store: Where data sets are.
  ///   - device: Where the tensors are to lie.
  /// - Throws: `DataError` when files are missing, damaged or contradict each other.
  public init(
    _ dataset: Dataset, _ split: Split, from store: DatasetStore = DatasetStore(), device: Device = .cpu
  ) throws {
    let cifar = try store.cifar(dataset, isTraining: split == .training).map { LabelledImages($0) }
    let images = try cifar ?? LabelledImages(idx: split == .training ? "train" : "t10k", of: dataset, store)
    self.init(
      pixels: images.pixels.to(device), labels: images.labels.to(device), imageShape: images.imageShape)
  }

  /// Reads the two IDX files of a part of MNIST, or of another data set of the same files,
  /// `train-images-idx3-ubyte.gz` and so on.
  private init(idx prefix: String, of dataset: Dataset, _ store: DatasetStore) throws {
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
    self.init(
      pixels: images.bytes, labels: labels.bytes, imageShape: [1] + images.dimensions.dropFirst())
  }

  /// Files of CIFAR, one after the other.
  private init(_ files: [CIFARFile]) {
    self.init(
      pixels: files.flatMap(\.pixels), labels: files.flatMap(\.labels), imageShape: CIFARFile.imageShape)
  }

  private init(pixels: [UInt8], labels: [UInt8], imageShape: [Int]) {
    self.init(
      pixels: Tensor(pixels, shape: [labels.count, imageShape.reduce(1, *)]),
      labels: Tensor(labels).to(.int64), imageShape: imageShape)
  }

  /// Images from tensors of the shapes that the properties have.
  init(pixels: Tensor, labels: Tensor, imageShape: [Int]) {
    self.pixels = pixels
    self.labels = labels
    self.imageShape = imageShape
  }

  /// N, the number of images.
  public var count: Int { labels.shape[0] }

  /// The same images on a device.
  func on(_ device: Device) -> LabelledImages {
    LabelledImages(pixels: pixels.to(device), labels: labels.to(device), imageShape: imageShape)
  }

  /// The mean and standard deviation of each channel, over the pixels of all images; of pixels that are all equal the
  /// deviation is taken for 1/255.
  var statistics: PixelStatistics {
    let channels = imageShape[0]
    var (sums, squares) = ([Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels))
    // A thousand at a time: in double precision pixels take eight times their memory.
    for start in stride(from: 0, to: count, by: 1_000) {
      let part = pixels.narrowed(0, start: start, length: min(1_000, count - start)).to(.float64) / 255
      let byChannel = part.reshaped([-1, channels, imageShape[1] * imageShape[2]])
      for channel in 0..<channels {
        let values = byChannel.selected(1, channel)
        sums[channel] += values.sum().item
        squares[channel] += (values * values).sum().item
      }
    }
    let total = Double(count * imageShape[1] * imageShape[2])
    let means = sums.map { $0 / total }
    return PixelStatistics(
      means: means,
      deviations: zip(squares, means).map { max(($0 / total - $1 * $1).squareRoot(), 1 / 255) })
  }

  /// The `count` images from number `start` on.
  public func part(from start: Int, count: Int) -> LabelledImages {
    LabelledImages(
      pixels: pixels.narrowed(0, start: start, length: count),
      labels: labels.narrowed(0, start: start, length: count), imageShape: imageShape)
  }

  /// The images of these numbers, in their order.
  ///
  /// **Shape** `[B]`, `int64`
  public func gathered(_ indices: Tensor) -> LabelledImages {
    LabelledImages(
      pixels: pixels.gathered(0, indices), labels: labels.gathered(0, indices), imageShape: imageShape)
  }

  /// The pixels as `(x / 255 - mean) / deviation`: with mean 0 and deviation 1 when `mean` and `deviation` are
  /// those of the training images' pixels, of 1.
  ///
  /// **Shape** `[N, channels * height * width]`, `float32`
  public func normalized(mean: Double, deviation: Double) -> Tensor {
    // One multiplication and one addition: x / 255 / deviation - mean / deviation.
    pixels.to(.float32) * (1 / (255 * deviation)) - mean / deviation
  }

  /// The same by channel.
  ///
  /// **Shape** `[N, channels, height, width]`, `float32`
  func normalized(by normalization: PixelNormalization) -> Tensor {
    normalization(pixels.reshaped([count] + imageShape))
  }
}
