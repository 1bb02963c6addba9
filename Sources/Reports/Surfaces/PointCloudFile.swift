import Basics
import Foundation

/// Coloured points as a PLY file: `x y z` in single precision, `nx ny nz` where there are normals, and `red green blue` of 255.
public struct PointCloudFile: Sendable {
  /// Where the points are.
  public let positions: [SIMD3<Float>]
  /// Red, green and blue of each.
  public let colors: [SIMD3<UInt8>]
  /// The direction outward at each, of length 1; nil for none.
  public let normals: [SIMD3<Float>]?

  /// Points; traps when colours or normals are not as many.
  public init(positions: [SIMD3<Float>], colors: [SIMD3<UInt8>], normals: [SIMD3<Float>]? = nil) {
    require(
      colors.count == positions.count && normals?.count ?? positions.count == positions.count,
      "\(positions.count) points with \(colors.count) colours and \(normals?.count ?? 0) normals")
    (self.positions, self.colors, self.normals) = (positions, colors, normals)
  }

  /// The content of the file.
  public var data: Data {
    PLYFile.data(positions: positions, colors: colors, normals: normals, triangles: nil)
  }

  /// Writes the file, wholly or not at all.
  /// - Throws: `FileError`.
  public func write(to url: URL) throws { try AtomicFile.write(data, to: url) }
}
