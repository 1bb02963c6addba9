import Datasets
import Foundation
import NeuralRendering
import Reports
import TestSupport
import Training

/// Small scenes made for tests.
struct SceneFiles {
  let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  /// The folder of the scene.
  var url: URL { scratch.url }

  /// A camera at (0, 0, 4) that looks at the origin, as JSON.
  static let matrix = "[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 4], [0, 0, 0, 1]]"

  /// A PNG file of red, green and blue, with opacity where it is given.
  func png(
    _ path: String, width: Int = 2, height: Int = 2, _ colors: [UInt8]? = nil, alpha: [UInt8]? = nil
  ) throws {
    let pixels = colors ?? [UInt8](repeating: 7, count: width * height * 3)
    let file = scratch.file(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try RasterImage(width: width, height: height, pixels: pixels).png(alpha: alpha).write(to: file)
  }

  /// A file of cameras that all stand at one place.
  func transforms(_ part: String, _ paths: [String], angle: String = "\"camera_angle_x\": 1.0,") throws {
    let frames = paths.map { "{\"file_path\": \"\($0)\", \"transform_matrix\": \(Self.matrix)}" }
    try scratch.file(
      "transforms_\(part).json", holding: "{\(angle) \"frames\": [\(frames.joined(separator: ", "))]}")
  }

  /// An array of numbers in double precision.
  static func doubles(_ values: [Double], _ shape: [Int]) -> NumPyFiles.Array {
    NumPyFiles.Array("<f8", shape, values.withUnsafeBytes(Array.init))
  }

  /// The array of an `.npy` file.
  func poses(_ rows: [[Double]], width: Int = 17) throws {
    let archive = NumPyFiles.archive(["x": Self.doubles(rows.flatMap(\.self), [rows.count, width])])
    // The only entry of a stored zip file begins after its header and name.
    let start = 30 + "x.npy".utf8.count
    let count = rows.count * width * 8 + 128
    try Data(archive[start..<(start + count)]).write(to: scratch.file("poses_bounds.npy"))
  }

  /// Reads the scene.
  func read(_ change: (inout SceneSettings) -> Void = { _ in }) throws -> RadianceScene {
    var settings = SceneSettings()
    change(&settings)
    return try RadianceScene(at: url, settings: settings)
  }

  /// What reading it complains of; an empty text when it does not.
  func complaint(_ change: (inout SceneSettings) -> Void = { _ in }) -> String {
    do {
      _ = try read(change)
      return ""
    } catch { return "\(error)" }
  }
}
