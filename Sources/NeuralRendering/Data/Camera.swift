import Foundation

/// A pinhole camera: how large its image is, how far it zooms, and where it stands.
public struct Camera: Sendable, Hashable {
  /// Pixels in a row.
  public var width: Int
  /// Rows.
  public var height: Int
  /// The focal length, in pixels.
  public var focal: Double
  /// Where it stands.
  public var pose: CameraPose

  /// A camera.
  public init(width: Int, height: Int, focal: Double, pose: CameraPose) {
    (self.width, self.height, self.focal, self.pose) = (width, height, focal, pose)
  }

  /// The focal length, in pixels, with which an image of a width covers an angle in radians.
  static func focal(width: Int, angle: Double) -> Double { 0.5 * Double(width) / tan(0.5 * angle) }
}
