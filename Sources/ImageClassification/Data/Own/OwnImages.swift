import Basics
import Datasets
import Foundation
import Networks
import Torch

/// Images of one's own, from a folder of image files or an `.npz` file, in memory.
///
/// In a folder, `train/CLASS/`, `validation/CLASS/` (or `val/CLASS/`) and `test/CLASS/` hold JPEG or PNG images, classes being
/// numbered in the order of their names. Where there is no `test`, the images of `val` are the test images, as in ImageNet;
/// without both, or without `train` (`CLASS/` alone), a share of each class is drawn to test.
///
/// In an `.npz` file, `x_train` and `y_train`, `x_test` and `y_test`, and if they are apart `x_val` and `y_val`, are images and
/// their classes, as in Keras; without `x_test` a share is drawn too. Images are `[N, height, width]`, `[N, height, width,
/// channels]` or `[N, channels, height, width]` with 1 or 3 channels: bytes, or fractions from 0 to 1, which are rounded to 256
/// levels, or floating-point numbers from 0 to 255. Classes are whole numbers from 0.
///
/// Training images are put in an order that is drawn from the seed, of which the last are for validation.
public struct OwnImages {
  /// The images to learn from.
  public let training: LabelledImages
  /// The images to choose by; nil where the data have none apart.
  public let validation: LabelledImages?
  /// The images to report.
  public let test: LabelledImages
  /// K, the number of classes.
  public let classCount: Int

  /// Reads a folder or an `.npz` file.
  /// - Throws: `DataError` that names the file, or the array, and what to do.
  public init(_ place: URL, _ settings: Settings = Settings()) throws {
    let parts = Self.isFolder(place) ? try Parts(folder: place, settings) : try Parts(file: place, settings)
    let (training, count) = (parts.training, parts.classCount)
    guard count >= 2 else {
      throw DataError.unusable(
        path: place.path, reason: "has images of \(count) class", remedy: "add images of another")
    }
    let generator = RandomGenerator(seed: derivedSeed(UInt64(settings.seed), "images"))
    let order = generator.permutation(training.count)
    if let test = parts.test {
      (self.training, self.test) = (training.gathered(order), test)
    } else {
      let held = try Self.held(settings.testShare, of: training, order, place)
      (self.training, test) = (training.gathered(held.kept), training.gathered(held.test))
    }
    (validation, classCount) = (parts.validation, count)
  }

  /// The files that are read.
  /// - Throws: `DataError` when a folder is not laid out as it should be.
  static func files(_ place: URL) throws -> [URL] {
    guard isFolder(place) else { return [place] }
    let folders = try Folders(place)
    return [folders.training, folders.validation, folders.test].compactMap(\.self).flatMap(\.files)
  }

  private static func isFolder(_ place: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Numbers of images, of which a share of each class, at least one, is kept apart to test.
  private static func held(
    _ share: Double, of images: LabelledImages, _ order: Tensor, _ place: URL
  ) throws -> (kept: Tensor, test: Tensor) {
    let labels = images.labels.scalars(Int64.self)
    var rest = [Int64: Int]()
    for label in labels { rest[label, default: 0] += 1 }
    if let single = rest.filter({ $0.value < 2 }).keys.min() {
      throw DataError.unusable(
        path: place.path, reason: "class \(single) has one image, where one is to learn from and one to test",
        remedy: "add images of it, or give test images apart")
    }
    rest = rest.mapValues { min(max(Int((Double($0) * share).rounded()), 1), $0 - 1) }
    var (kept, test): ([Int64], [Int64]) = ([], [])
    for index in order.scalars(Int64.self) {
      if let count = rest[labels[Int(index)]], count > 0 {
        rest[labels[Int(index)]] = count - 1
        test.append(index)
      } else {
        kept.append(index)
      }
    }
    return (Tensor(kept), Tensor(test))
  }
}

extension OwnImages {
  /// The parts of the data as they are given.
  struct Parts {
    let training: LabelledImages
    let validation, test: LabelledImages?
    let classCount: Int
  }

  /// The folders of images, each with those of every class.
  struct Folders {
    let training: ImageFolder
    let validation, test: ImageFolder?

    init(_ folder: URL) throws {
      let train = folder.appendingPathComponent("train")
      guard OwnImages.isFolder(train) else {
        (training, validation, test) = (try ImageFolder(folder), nil, nil)
        return
      }
      let training = try ImageFolder(train)
      func part(_ names: String...) throws -> ImageFolder? {
        let place = names.map { folder.appendingPathComponent($0) }.first(where: OwnImages.isFolder)
        return try place.map { try ImageFolder($0, classes: training.classes) }
      }
      self.training = training
      let (apart, test) = (try part("validation", "val", "valid"), try part("test"))
      (validation, self.test) = test == nil ? (nil, apart) : (apart, test)
    }
  }
}
