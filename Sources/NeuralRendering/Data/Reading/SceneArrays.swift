import Datasets

/// Images and their poses, in arrays of an `.npz` file.
struct SceneArrays {
  /// How many there are.
  let count: Int
  /// Pixels in a row.
  let width: Int
  private let height, channelCount: Int
  private let images, poseArray: NumPyArray
  private let floats: [Float]

  /// Images with their poses.
  /// - Parameters:
  ///   - images: `[N, H, W, 3 or 4]`, bytes, or floating-point numbers from 0 to 1.
  ///   - poses: `[N, 4, 4]` or `[N, 3, 4]`.
  /// - Throws: `DataError` when shapes, types or values are others.
  init(images: NumPyArray, poses: NumPyArray) throws(DataError) {
    let shape = images.shape
    guard shape.count == 4, (3...4).contains(shape[3]), shape.allSatisfy({ $0 > 0 }) else {
      throw images.unusable(
        "has the shape \(shape), where [N, height, width, 3 or 4] is read", "save it in this shape")
    }
    guard images.element == .uint8 || images.element.isFloat else {
      throw images.unusable(
        "has elements of type \(images.element.rawValue)", "save it as uint8, or as float32 from 0 to 1")
    }
    floats = images.element.isFloat ? images.floats() : []
    if let value = floats.first(where: { !(-1e-3...1.001).contains($0) }) {
      throw images.unusable("has the value \(value)", "save colours from 0 to 1, or as uint8 from 0 to 255")
    }
    guard poses.shape == [shape[0], 4, 4] || poses.shape == [shape[0], 3, 4] else {
      throw poses.unusable(
        "has the shape \(poses.shape), where there are \(shape[0]) images", "save it as [\(shape[0]), 4, 4]")
    }
    (count, height, width, channelCount) = (shape[0], shape[1], shape[2], shape[3])
    (self.images, poseArray) = (images, poses)
  }

  /// Where the cameras stood.
  /// - Throws: `DataError` for a matrix that is no pose.
  func poses() throws(DataError) -> [CameraPose] {
    let numbers = poseArray.doubles()
    let size = poseArray.shape[1] * 4
    var poses: [CameraPose] = []
    for index in 0..<count {
      let pose = CameraPose(rows: Array(numbers[(index * size)..<((index + 1) * size)]))
      if let fault = pose.fault {
        throw poseArray.unusable("of image \(index) \(fault)", "correct it, or leave the image out")
      }
      poses.append(pose)
    }
    return poses
  }

  /// The pixels of an image.
  func image(_ index: Int) -> ScenePixels {
    let size = width * height * channelCount
    let samples: ArraySlice<UInt8>
    if floats.isEmpty {
      let bytes = images.unsignedBytes()
      samples = bytes[(bytes.startIndex + index * size)..<(bytes.startIndex + (index + 1) * size)]
    } else {
      samples =
        floats[(index * size)..<((index + 1) * size)].map(UInt8.init(share:))[...]
    }
    if channelCount == 4 { return ScenePixels(width: width, height: height, pixels: Array(samples)) }
    return ScenePixels(width: width, height: height, opaque: samples)
  }
}
