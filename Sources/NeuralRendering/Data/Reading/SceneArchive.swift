import Basics
import Datasets
import Foundation
import Training

/// A scene in the arrays of an `.npz` file.
///
/// Either as in `lego_100.npz`, `images_train`, `poses_train` and so on for `val` and `test`; or as in `tiny_nerf_data.npz`,
/// `images` and `poses` in one: the first 100 are for training, number 101, counted from 0, is reported, as in the published code,
/// and number 100, which that leaves out, serves to choose by.
struct SceneArchive {
  /// The file.
  let file: URL

  private static let parts: [(split: Split, name: String)] = [
    (.training, "train"), (.validation, "val"), (.test, "test"),
  ]

  /// An archive.
  init(_ file: URL) { self.file = file }

  /// Reads the scene.
  /// - Throws: `DataError` that names the array.
  func read(_ settings: SceneSettings) throws -> RadianceScene {
    let bounds = try settings.bounds(SyntheticScene.bounds)
    let archive = try NumPyArchive(contentsOf: file)
    var views: [Split: [SceneView]] = [:]
    if archive.names.contains("images_train") {
      for (split, name) in Self.parts {
        guard split == .training || archive.names.contains("images_\(name)") else { continue }
        let part = try SceneArrays(
          images: archive.array("images_\(name)", "the images, [N, H, W, 3 or 4]"),
          poses: archive.array("poses_\(name)", "the poses of images_\(name), [N, 4, 4]"))
        let indices = settings.selected(Array(0..<part.count), of: split)
        views[split] = try Self.views(part, indices, name, archive, settings)
      }
    } else {
      let all = try SceneArrays(
        images: archive.array("images", "\"images\", [N, H, W, 3], or \"images_train\""),
        poses: archive.array("poses", "the poses of the images, [N, 4, 4]"))
      guard all.count > 101 else {
        throw DataError.unusable(
          path: file.path,
          reason: "the array \"images\" has \(all.count) images, where number 101 is to be reported",
          remedy: "give at least 102 images, or arrays images_train, images_val and images_test")
      }
      for (split, indices) in [(Split.training, Array(0..<100)), (.validation, [100]), (.test, [101])] {
        views[split] = try Self.views(all, indices, "view", archive, settings)
      }
    }
    let sizes = views.mapValues { [$0[0].camera.width, $0[0].camera.height] }
    if let other = Split.allCases.first(where: { sizes[$0] != nil && sizes[$0] != sizes[.training] }) {
      throw DataError.unusable(
        path: file.path, reason: "the \(other.rawValue) images are of another size than those of training",
        remedy: "save images that are all of one size")
    }
    return RadianceScene(
      name: file.deletingPathExtension().lastPathComponent, views: views, bounds: bounds)
  }

  private static func views(
    _ arrays: SceneArrays, _ indices: [Int], _ name: String, _ archive: NumPyArchive,
    _ settings: SceneSettings
  ) throws -> [SceneView] {
    let focal = try focal(archive, width: arrays.width) / Double(settings.downscale)
    let poses = try arrays.poses()
    return try ParallelWork.map(indices.count) { place in
      let index = indices[place]
      let image = try arrays.image(index).reduced(by: settings.downscale, path: archive.path)
      return SceneView(
        camera: Camera(width: image.width, height: image.height, focal: focal, pose: poses[index]),
        pixels: image.pixels, name: "\(name)_\(index)")
    }
  }

  private static func focal(_ archive: NumPyArchive, width: Int) throws(DataError) -> Double {
    func number(_ name: String) throws(DataError) -> Double? {
      guard let array = try archive.array(name) else { return nil }
      guard array.count == 1, let value = array.doubles().first, value.isFinite, value > 0 else {
        throw array.unusable("is not one positive number", "save it as a number")
      }
      return value
    }
    if let focal = try number("focal") { return focal }
    guard let angle = try number("camera_angle_x") else {
      throw .unusable(
        path: archive.path, reason: "has neither \"focal\" nor \"camera_angle_x\"",
        remedy: "add \"focal\", the focal length in pixels")
    }
    return Camera.focal(width: width, angle: angle)
  }
}
