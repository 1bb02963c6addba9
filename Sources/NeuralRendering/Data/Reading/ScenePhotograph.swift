import Basics
import Datasets
import Foundation
import Training

/// A photograph that is to be read, and where its camera stood.
struct ScenePhotograph {
  /// The image file.
  let file: URL
  /// Where the camera stood.
  let pose: CameraPose
  /// What it is for; several parts may share one.
  let splits: [Split]
  /// The focal length in pixels of an image of a width and height, before it is made smaller.
  let focal: (_ width: Int, _ height: Int) throws -> Double

  /// Reads photographs, several at a time.
  /// - Parameters:
  ///   - photographs: The photographs; at least one.
  ///   - scale: How many pixels in each direction are averaged to one.
  /// - Returns: The views of each part, in order.
  /// - Throws: `DataError` that names the file when one is no image or not as large as the first.
  static func views(_ photographs: [ScenePhotograph], downscale scale: Int) throws -> [Split: [SceneView]] {
    let files = photographs.map(\.file)
    let images = try ParallelWork.map(files.count) { try pixels(of: files[$0], downscale: scale) }
    guard let first = images.first else { return [:] }
    if let other = images.firstIndex(where: { $0.width != first.width || $0.height != first.height }) {
      let size = { (image: ScenePixels) in "\(image.width * scale) x \(image.height * scale)" }
      throw DataError.unusable(
        path: photographs[other].file.path,
        reason:
          "\(size(images[other])) pixels, where \(photographs[0].file.lastPathComponent) has \(size(first))",
        remedy: "give images that are all of one size")
    }
    var views: [Split: [SceneView]] = [:]
    for (photograph, image) in zip(photographs, images) {
      let focal = try photograph.focal(image.width * scale, image.height * scale) / Double(scale)
      let view = SceneView(
        camera: Camera(width: image.width, height: image.height, focal: focal, pose: photograph.pose),
        pixels: image.pixels, name: photograph.file.deletingPathExtension().lastPathComponent)
      for split in photograph.splits { views[split, default: []].append(view) }
    }
    return views
  }

  private static func pixels(of file: URL, downscale scale: Int) throws(DataError) -> ScenePixels {
    do throws(DataError) {
      return try ScenePixels(DecodedImage(DataFile(contentsOf: file))).reduced(by: scale, path: file.path)
    } catch .unsupported(let path, let reason) {
      throw .unusable(path: path, reason: reason, remedy: "convert it to 8 bits a channel")
    }
  }
}
