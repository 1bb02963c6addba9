import Datasets
import Foundation

/// The cameras of `poses_bounds.npy`, each with how near and far away something is to be seen.
///
/// **Shape** `[N, 17]`: three rows of down, right, backwards, place, and height, width and focal length of the photograph; then
/// the nearest and farthest bound
///
/// **Source** Mildenhall et al. 2019 (LLFF).
struct PosesBounds {
  /// Where the cameras stood.
  let poses: [CameraPose]
  /// The nearest bound of all.
  let near: Double
  /// The farthest.
  let far: Double
  private let width, height, focal: Double

  private init(
    poses: [CameraPose], near: Double, far: Double, width: Double, height: Double, focal: Double
  ) {
    (self.poses, self.near, self.far) = (poses, near, far)
    (self.width, self.height, self.focal) = (width, height, focal)
  }

  /// Reads a file.
  /// - Throws: `DataError` when it is of another shape, or what it says of a camera cannot be.
  init(_ url: URL) throws(DataError) {
    let array = try NumPyArray(DataFile(contentsOf: url).bytes, name: "poses_bounds", path: url.path)
    guard array.shape.count == 2, array.shape[1] == 17, array.shape[0] > 0 else {
      throw array.unusable(
        "has the shape \(array.shape), where a row of 17 numbers for each camera is read",
        "make it by LLFF's imgs2poses")
    }
    let numbers = array.doubles()
    var (poses, near, far) = ([CameraPose](), Double.infinity, 0.0)
    for camera in 0..<array.shape[0] {
      let row = Array(numbers[(camera * 17)..<((camera + 1) * 17)])
      func fail(_ reason: String) -> DataError {
        array.unusable("of camera \(camera) \(reason)", "leave the camera and its image out, or make it anew")
      }
      func column(_ index: Int) -> SIMD3<Double> { SIMD3(row[index], row[5 + index], row[10 + index]) }
      let pose = CameraPose(right: column(1), up: -column(0), backward: column(2), position: column(3))
      if let fault = pose.fault { throw fail("has a pose that \(fault)") }
      guard row[15] > 0, row[16] > row[15], row[16].isFinite else {
        throw fail("has the bounds \(row[15]) and \(row[16])")
      }
      guard column(4).min() > 0, column(4).max().isFinite,
        column(4) == SIMD3(numbers[4], numbers[9], numbers[14])
      else {
        throw fail("has a height, width or focal length that is not positive, or not that of the first")
      }
      poses.append(pose)
      (near, far) = (min(near, row[15]), max(far, row[16]))
    }
    self.init(poses: poses, near: near, far: far, width: numbers[9], height: numbers[4], focal: numbers[14])
  }

  /// The same cameras in another unit of length, in which the nearest bound is 1 divided by a factor.
  func scaled(by factor: Double) -> PosesBounds {
    let scale = 1 / (near * factor)
    let scaled = poses.map { pose in
      var pose = pose
      pose.position *= scale
      return pose
    }
    return PosesBounds(
      poses: scaled, near: near * scale, far: far * scale, width: width, height: height, focal: focal)
  }

  /// The focal length in pixels of images of a size.
  /// - Throws: `DataError` when they have another ratio of width and height than the photographs.
  func focal(width: Int, height: Int, path: String) throws(DataError) -> Double {
    let scale = Double(width) / self.width
    // Sizes are whole numbers of pixels.
    guard abs(self.height * scale - Double(height)) <= 1 else {
      throw .unusable(
        path: path,
        reason:
          "\(width) x \(height) pixels, where the photographs have \(Int(self.width)) x \(Int(self.height))",
        remedy: "give images that are smaller, but not cut")
    }
    return focal * scale
  }

  /// The mean of poses.
  /// - Throws: `DataError` when cameras look in so many directions that they have none.
  static func mean(_ poses: [CameraPose], path: String) throws(DataError) -> CameraPose {
    guard let mean = CameraPose(meanOf: poses) else {
      throw .unusable(
        path: path, reason: "the cameras look in all directions, and have no mean",
        remedy: "give photographs from one side of the scene")
    }
    return mean
  }
}
