import Datasets
import Foundation

extension CameraPath {
  /// The cameras of a JSON file: one's own, or the `transforms_*.json` of a scene.
  ///
  ///     {"camera_angle_x": 0.69, "width": 400, "height": 400, "frames": [{"transform_matrix": [[...], ...]}]}
  /// - Parameters:
  ///   - url: The file.
  ///   - camera: Whose size the frames have where the file says none, as that of a scene does not; nil for no such camera.
  /// - Throws: `DataError` when it is no such file, a matrix is no pose, or no size is known.
  public static func file(_ url: URL, like camera: Camera? = nil) throws(DataError) -> [Camera] {
    let file = try TransformsFile(url)
    guard let width = file.width ?? camera?.width, let height = file.height ?? camera?.height else {
      throw .unusable(
        path: url.path, reason: "has no \"width\" and \"height\"", remedy: "add the size of a frame in pixels"
      )
    }
    guard (1...16_384).contains(width), (1...16_384).contains(height) else {
      throw .unusable(
        path: url.path, reason: "frames of \(width) x \(height) pixels",
        remedy: "give a \"width\" and \"height\" from 1 to 16384")
    }
    let focal = file.focal(width: width)
    return file.poses.map { Camera(width: width, height: height, focal: focal, pose: $0) }
  }
}
