import Datasets
import Foundation
import Torch

extension OwnImages.Parts {
  /// Reads the images of an `.npz` file.
  init(file url: URL, _ settings: OwnImages.Settings) throws {
    let file = try NumPyArchive(contentsOf: url)
    let grid = PixelGrid(settings)
    func part(_ suffixes: String...) throws -> ImageArrays? {
      guard let suffix = suffixes.first(where: { file.names.contains("x" + $0) }) else { return nil }
      return try ImageArrays(
        file.array("x" + suffix, "the images"), file.array("y" + suffix, "their classes as y\(suffix), [N]"),
        grid)
    }
    guard let training = try part("_train", "") else {
      throw DataError.unusable(
        path: file.path, reason: "has no array \"x_train\" (it has \(file.names.joined(separator: ", ")))",
        remedy: "save images as x_train and x_test, and their classes as y_train and y_test")
    }
    let (classCount, shape) = (training.largestLabel + 1, training.images.imageShape)
    func checked(_ part: ImageArrays?) throws -> LabelledImages? {
      guard let part else { return nil }
      guard part.images.imageShape == shape else {
        throw part.pixels.unusable(
          "has images of \(part.images.imageShape) (channels, rows, columns), where those trained on are \(shape)",
          "save images of one size, or set own.size")
      }
      guard part.largestLabel < classCount else {
        throw part.classes.unusable(
          "has class \(part.largestLabel), where those trained on are 0 to \(classCount - 1)",
          "leave it out, or add images of it to learn from")
      }
      return part.images
    }
    validation = try checked(part("_val", "_validation", "_valid"))
    test = try checked(part("_test"))
    (self.training, self.classCount) = (training.images, classCount)
  }
}

/// Images and their classes from two arrays, checked.
private struct ImageArrays {
  let pixels, classes: NumPyArray
  let images: LabelledImages
  let largestLabel: Int

  init(_ pixels: NumPyArray, _ classes: NumPyArray, _ grid: PixelGrid) throws {
    (self.pixels, self.classes) = (pixels, classes)
    let layout = try Layout(pixels)
    let labels = try ImageArrays.labels(classes, count: layout.count)
    largestLabel = labels.max() ?? 0
    let bytes = try ImageArrays.bytes(pixels)
    let size = layout.height * layout.width * layout.channels
    let images = (0..<layout.count).map { index in
      let image = bytes[(bytes.startIndex + index * size)..<(bytes.startIndex + (index + 1) * size)]
      return grid(
        layout.isChannelsFirst ? layout.channelsLast(image) : Array(image), height: layout.height,
        width: layout.width, channels: layout.channels)
    }
    self.images = LabelledImages(
      pixels: Tensor.stacked(images).flattenedRows(), labels: Tensor(labels.map(Int64.init)),
      imageShape: images[0].shape)
  }

  /// What the dimensions of an array of images are.
  private struct Layout {
    let count, height, width, channels: Int
    var isChannelsFirst = false

    init(_ array: NumPyArray) throws {
      let shape = array.shape
      let isColour = { [1, 3].contains($0) }
      guard shape.allSatisfy({ $0 > 0 }), shape.count == 3 || shape.count == 4,
        shape.count == 3 || isColour(shape[3]) || isColour(shape[1])
      else {
        throw array.unusable(
          "has the shape \(shape), where images are [N, height, width], or have 1 or 3 channels besides",
          "reshape it, such as by x.reshape(-1, height, width)")
      }
      count = shape[0]
      if shape.count == 3 {
        (height, width, channels) = (shape[1], shape[2], 1)
      } else if isColour(shape[3]) {
        (height, width, channels) = (shape[1], shape[2], shape[3])
      } else {
        (channels, height, width) = (shape[1], shape[2], shape[3])
        isChannelsFirst = true
      }
    }

    func channelsLast(_ image: ArraySlice<UInt8>) -> [UInt8] {
      let area = height * width
      return (0..<image.count).map { image[image.startIndex + $0 % channels * area + $0 / channels] }
    }
  }

  private static func labels(_ array: NumPyArray, count: Int) throws -> [Int] {
    guard array.shape == [count] || array.shape == [count, 1] else {
      throw array.unusable(
        "has the shape \(array.shape), where the classes of \(count) images are [\(count)]",
        array.shape.count == 2 && array.shape.first == count
          ? "save numbers of classes, such as by y.argmax(axis=1)" : "save a class for each image")
    }
    let labels = try array.integers()
    if let index = labels.firstIndex(where: { $0 < 0 || $0 >= max(count, 2) }) {
      throw array.unusable(
        "has class \(labels[index]) for image \(index), where classes are numbered from 0, and no more than images",
        "number classes from 0")
    }
    return labels
  }

  /// Pixels from 0 to 255.
  private static func bytes(_ array: NumPyArray) throws -> ArraySlice<UInt8> {
    if array.element == .uint8 { return array.unsignedBytes() }
    let values = array.floats()
    if let index = values.firstIndex(where: { !($0 >= 0 && $0 <= 255) }) {
      throw array.unusable(
        "has a pixel of \(values[index]) (number \(index)), where pixels are from 0 to 1, or from 0 to 255",
        "save them as uint8, before they are normalised: that is done here")
    }
    let scale: Float = array.element.isFloat && values.allSatisfy { $0 <= 1 } ? 255 : 1
    return values.map { UInt8(($0 * scale).rounded()) }[...]
  }
}
