import Datasets
import Foundation
import Torch

extension OwnImages.Parts {
  /// Reads the images of a folder.
  init(folder: URL, _ settings: OwnImages.Settings) throws {
    let folders = try OwnImages.Folders(folder)
    let grid = PixelGrid(settings)
    var shape: [Int]?
    func read(_ part: ImageFolder) throws -> LabelledImages {
      let images = try part.files.indices.map { index in
        let image = try part.image(index)
        let pixels = grid(image.pixels, height: image.height, width: image.width, channels: 3)
        guard pixels.shape == shape ?? pixels.shape else {
          throw DataError.unusable(
            path: part.files[index].path,
            reason: "\(image.width) x \(image.height) pixels, where other images have "
              + (shape.map { "\($0[2]) x \($0[1])" } ?? "another size"),
            remedy: "make all images one size by --set own.size=PIXELS")
        }
        shape = pixels.shape
        return pixels
      }
      return LabelledImages(
        pixels: Tensor.stacked(images).flattenedRows(), labels: Tensor(part.labels.map(Int64.init)),
        imageShape: images[0].shape)
    }
    training = try read(folders.training)
    validation = try folders.validation.map(read)
    test = try folders.test.map(read)
    classCount = folders.training.classes.count
  }
}
