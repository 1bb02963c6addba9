import Datasets
import Foundation
import Training

/// A scene in the layout of NeRF-Synthetic: images, with a file of cameras for each part.
struct SyntheticScene {
  /// The file that tells the layout from others.
  static let trainingFile = "transforms_train.json"
  /// Where something is to be seen, for cameras at distance 4 of the origin.
  static let bounds = 2.0...6.0

  private static let parts: [(split: Split, file: String)] = [
    (.training, trainingFile), (.validation, "transforms_val.json"), (.test, "transforms_test.json"),
  ]
  private static let extensions = ["png", "jpg", "jpeg", "PNG", "JPG", "JPEG"]

  /// The folder.
  let folder: URL

  /// A scene in a folder.
  init(_ folder: URL) { self.folder = folder }

  /// The files that are read.
  /// - Throws: `DataError` when a file of cameras cannot be read, or images are missing.
  func files(_ settings: SceneSettings) throws -> [URL] {
    var files: [URL] = []
    for (split, transforms) in try transforms() {
      files.append(URL(fileURLWithPath: transforms.path))
      files += try photographs(transforms, split, settings).map(\.file)
    }
    return files
  }

  /// Reads the scene.
  /// - Throws: `DataError` that names the file.
  func read(_ settings: SceneSettings) throws -> RadianceScene {
    let bounds = try settings.bounds(Self.bounds)
    var photographs: [ScenePhotograph] = []
    for (split, file) in try transforms() { photographs += try self.photographs(file, split, settings) }
    let views = try ScenePhotograph.views(photographs, downscale: settings.downscale)
    return RadianceScene(name: folder.standardizedFileURL.lastPathComponent, views: views, bounds: bounds)
  }

  /// The files of cameras that are there, that of training first.
  private func transforms() throws(DataError) -> [(split: Split, file: TransformsFile)] {
    var transforms: [(split: Split, file: TransformsFile)] = []
    for (split, name) in Self.parts {
      let url = folder.appendingPathComponent(name)
      guard split == .training || FileManager.default.fileExists(atPath: url.path) else { continue }
      transforms.append((split, try TransformsFile(url)))
    }
    return transforms
  }

  private func photographs(_ transforms: TransformsFile, _ split: Split, _ settings: SceneSettings) throws
    -> [ScenePhotograph]
  {
    let frames = settings.selected(Array(zip(transforms.frames, transforms.poses)), of: split)
    var (photographs, missing): ([ScenePhotograph], [String]) = ([], [])
    for (frame, pose) in frames {
      guard let path = frame.path, !path.isEmpty else {
        throw DataError.unusable(
          path: transforms.path, reason: "a frame has no file_path", remedy: "name the image of every frame")
      }
      if let file = try image(path, of: transforms) {
        photographs.append(
          ScenePhotograph(
            file: file, pose: pose, splits: [split], focal: { width, _ in transforms.focal(width: width) }))
      } else {
        missing.append(path)
      }
    }
    if let first = missing.first {
      throw DataError.unusable(
        path: transforms.path,
        reason: "\(missing.count) of its \(frames.count) images are missing, the first of them \(first)",
        remedy: "put them, as .png or .jpg, where file_path says, in \(folder.path)")
    }
    return photographs
  }

  /// The image that a path stands for, whose extension may be missing; nil when there is none.
  private func image(_ path: String, of transforms: TransformsFile) throws(DataError) -> URL? {
    let base = folder.standardizedFileURL
    let file = base.appendingPathComponent(path).standardizedFileURL
    guard !path.hasPrefix("/"), file.path.hasPrefix(base.path + "/") else {
      throw .unusable(
        path: transforms.path, reason: "the file_path \"\(path)\" leads out of the scene's folder",
        remedy: "put the image into \(folder.path), and give its path below it")
    }
    let places = [file] + Self.extensions.map { file.appendingPathExtension($0) }
    return places.first { place in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }
}
