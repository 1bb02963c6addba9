import Datasets
import Foundation
import Training

/// A scene in the layout of LLFF: photographs by hand from about one side, with a matrix of cameras and bounds.
///
/// Cameras are scaled so that the nearest thing is 1 divided by `boundsFactor` away, and moved and turned so that their mean is
/// the identity.
struct ForwardFacingScene {
  /// The file that tells the layout from others.
  static let posesFile = "poses_bounds.npy"

  private static let extensions: Set = ["png", "jpg", "jpeg"]

  /// The folder.
  let folder: URL

  /// A scene in a folder.
  init(_ folder: URL) { self.folder = folder }

  /// The files that are read.
  /// - Throws: `DataError` when there is no folder of images.
  func files(_ settings: SceneSettings) throws -> [URL] {
    try [folder.appendingPathComponent(Self.posesFile)] + images(settings.factor)
  }

  /// Reads the scene.
  /// - Throws: `DataError` that names the file.
  func read(_ settings: SceneSettings) throws -> RadianceScene {
    let url = folder.appendingPathComponent(Self.posesFile)
    let cameras = try PosesBounds(url).scaled(by: settings.boundsFactor)
    let images = try images(settings.factor)
    guard images.count == cameras.poses.count else {
      throw DataError.unusable(
        path: url.path,
        reason: "has \(cameras.poses.count) cameras, where there are \(images.count) images in "
          + (images.first?.deletingLastPathComponent().lastPathComponent ?? "the folder"),
        remedy: "give the image of every camera, and no others")
    }
    let mean = try PosesBounds.mean(cameras.poses, path: url.path)
    let poses = cameras.poses.map { $0.relative(to: mean) }
    let usual = settings.isForwardFacing ? 0...1 : (0.9 * cameras.near)...cameras.far
    let bounds = try settings.bounds(usual)
    let heldOut = Array(stride(from: 0, to: poses.count, by: settings.testEvery))
    guard heldOut.count < poses.count else {
      throw DataError.unusable(
        path: url.path, reason: "a single camera, which is held out, leaves none to learn from",
        remedy: "give more photographs")
    }
    let evaluated = Set(settings.selected(heldOut, of: .test))
    let photographs = poses.indices.compactMap { index -> ScenePhotograph? in
      let isHeldOut = index % settings.testEvery == 0
      guard !isHeldOut || evaluated.contains(index) else { return nil }
      return ScenePhotograph(
        file: images[index], pose: poses[index], splits: isHeldOut ? [.validation, .test] : [.training],
        focal: { try cameras.focal(width: $0, height: $1, path: images[index].path) })
    }
    let views = try ScenePhotograph.views(photographs, downscale: settings.downscale)
    return RadianceScene(
      name: folder.standardizedFileURL.lastPathComponent, views: views, bounds: bounds,
      space: settings.isForwardFacing ? .normalizedDevice : .world,
      spiral: SpiralPath(around: poses, near: cameras.near, far: cameras.far))
  }

  /// The images, by name.
  private func images(_ factor: Int) throws(DataError) -> [URL] {
    let name = factor == 1 ? "images" : "images_\(factor)"
    let place = folder.appendingPathComponent(name)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: place.path) else {
      let others = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasPrefix("images") }.sorted()
      throw .unusable(
        path: folder.path,
        reason: "has no folder \(name)\(others.isEmpty ? "" : ", but \(others.joined(separator: ", "))")",
        remedy: "set factor to the number of a folder images_N that is there, or 1 for images")
    }
    let images = names.sorted().map { place.appendingPathComponent($0) }
      // Names with a leading dot are those of systems, not of images.
      .filter {
        !$0.lastPathComponent.hasPrefix(".") && Self.extensions.contains($0.pathExtension.lowercased())
      }
    guard !images.isEmpty else {
      throw .unusable(path: place.path, reason: "has no images", remedy: "put the PNG or JPEG images into it")
    }
    return images
  }
}
