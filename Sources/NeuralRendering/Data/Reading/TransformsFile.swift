import Basics
import Datasets
import Foundation

/// A file of cameras, `transforms_*.json`: how wide they see, and where each stood.
///
/// **Source** The published scenes of Mildenhall et al. 2020.
struct TransformsFile {
  /// A camera, and the image that it took.
  struct Frame: Codable, Sendable {
    enum CodingKeys: String, CodingKey {
      case path = "file_path"
      case matrix = "transform_matrix"
    }

    /// The image, below the file's folder; its extension may be missing.
    var path: String?
    /// The matrix `[4, 4]` from camera to world coordinates, or its first three rows.
    var matrix: [[Double]]?
  }

  /// What is in the file, apart from what nobody reads.
  struct Content: Codable {
    enum CodingKeys: String, CodingKey {
      case angle = "camera_angle_x"
      case focal = "fl_x"
      case width, height, frames
      case shortWidth = "w"
      case shortHeight = "h"
    }

    /// The angle in radians that an image's width covers.
    var angle: Double?
    /// The focal length in pixels.
    var focal: Double?
    /// Pixels in a row.
    var width: Int?
    /// Rows.
    var height: Int?
    /// Pixels in a row, under another name.
    var shortWidth: Int?
    /// Rows, under another name.
    var shortHeight: Int?
    /// The cameras.
    var frames: [Frame]?
  }

  /// The file.
  let path: String
  /// The cameras; at least one.
  let frames: [Frame]
  /// Where each camera stood.
  let poses: [CameraPose]
  /// Pixels in a row, where the file says it.
  let width: Int?
  /// Rows, where the file says it.
  let height: Int?
  private let angle: Double?
  private let focal: Double?

  /// Reads a file.
  /// - Throws: `DataError` when it is no JSON, or lacks its angle, frames or their matrices.
  init(_ url: URL) throws(DataError) {
    let file = try DataFile(contentsOf: url)
    let content: Content
    do { content = try JSONDecoder().decode(Content.self, from: Data(file.bytes)) } catch {
      throw Self.unusable(url, Self.reason(error), "correct it, or replace it with the original file")
    }
    (path, angle, focal) = (url.path, content.angle, content.focal)
    (width, height) = (content.width ?? content.shortWidth, content.height ?? content.shortHeight)
    guard let frames = content.frames, !frames.isEmpty else {
      throw Self.unusable(
        url, "has no frames", "add \"frames\", a list of {\"file_path\": ..., \"transform_matrix\": ...}")
    }
    self.frames = frames
    if let focal {
      guard focal.isFinite, focal > 0 else {
        throw Self.unusable(url, "fl_x is \(focal)", "give the focal length in pixels")
      }
    } else {
      guard let angle else {
        throw Self.unusable(
          url, "has neither camera_angle_x nor fl_x",
          "add \"camera_angle_x\", the angle in radians that an image's width covers")
      }
      guard angle > 0, angle < .pi else {
        throw Self.unusable(url, "camera_angle_x is \(angle)", "give it in radians, between 0 and pi")
      }
    }
    var poses: [CameraPose] = []
    for (index, frame) in frames.enumerated() {
      let name = "frame \(index)\(frame.path.map { " (\($0))" } ?? "")"
      let rows = frame.matrix ?? []
      guard (3...4).contains(rows.count), rows.allSatisfy({ $0.count == 4 }) else {
        throw Self.unusable(
          url, "\(name) has no transform_matrix of 4 x 4 numbers",
          "give the matrix from camera to world coordinates")
      }
      let pose = CameraPose(rows: Array(rows.prefix(3).joined()))
      if let fault = pose.fault {
        throw Self.unusable(
          url, "the transform_matrix of \(name) \(fault)", "correct it, or leave the frame out")
      }
      poses.append(pose)
    }
    self.poses = poses
  }

  /// The focal length, in pixels, of images of a width.
  func focal(width: Int) -> Double {
    if let focal { return focal * Double(width) / Double(self.width ?? width) }
    return Camera.focal(width: width, angle: angle ?? 0)
  }

  private static func unusable(_ url: URL, _ reason: String, _ remedy: String) -> DataError {
    .unusable(path: url.path, reason: reason, remedy: remedy)
  }

  /// What a decoder found, on one line.
  private static func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case DecodingError.typeMismatch(let type, let context) where !context.codingPath.isEmpty:
      return "\(place(context)) is no \(type)"
    case DecodingError.valueNotFound(_, let context): return "\(place(context)) is null"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      return "\(place(context)): \(context.debugDescription)"
    default: return "is no JSON of the form {\"camera_angle_x\": ..., \"frames\": [...]}"
    }
  }
}
