import Datasets
import Torch

/// Labelled images that are decoded one at a time.
protocol ImageSource: Sendable {
  /// How many there are.
  var count: Int { get }
  /// How many classes there are.
  var classCount: Int { get }
  /// The class of an image.
  func label(_ index: Int) -> Int
  /// The pixels of an image.
  ///
  /// **Shape** `[3, height, width]`, `uint8`
  /// - Throws: `DataError` that names the image.
  func pixels(_ index: Int) throws(DataError) -> Tensor
  /// What messages call an image.
  func name(_ index: Int) -> String
}

extension ImageFolder: ImageSource {
  var count: Int { files.count }
  var classCount: Int { classes.count }
  func label(_ index: Int) -> Int { labels[index] }
  func name(_ index: Int) -> String { files[index].path }

  func pixels(_ index: Int) throws(DataError) -> Tensor {
    let image = try image(index)
    return Tensor(image.pixels, shape: [image.height, image.width, 3]).permuted([2, 0, 1])
  }
}

/// The images of a data set in memory, as a source.
struct StoredImages: ImageSource {
  let classCount: Int
  private let images: LabelledImages
  private let labels: [Int64]

  /// - Parameters:
  ///   - images: On the CPU, in colour.
  ///   - classCount: How many classes there are.
  init(_ images: LabelledImages, classCount: Int) {
    (self.images, self.classCount) = (images, classCount)
    labels = images.labels.scalars()
  }

  var count: Int { images.count }
  func label(_ index: Int) -> Int { Int(labels[index]) }
  func name(_ index: Int) -> String { "image \(index)" }
  func pixels(_ index: Int) -> Tensor { images.pixels.selected(0, index).reshaped(images.imageShape) }
}
