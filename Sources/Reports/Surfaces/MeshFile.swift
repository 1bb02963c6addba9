import Basics
import Foundation

/// A coloured surface as a PLY file: corners with normals and colours, and triangles.
public struct MeshFile: Sendable {
  /// The surface.
  public let mesh: SurfaceMesh
  /// Red, green and blue of each corner.
  public let colors: [SIMD3<UInt8>]

  /// A surface; traps when the colours are not as many as its corners.
  public init(_ mesh: SurfaceMesh, colors: [SIMD3<UInt8>]) {
    require(
      colors.count == mesh.positions.count, "\(mesh.positions.count) corners with \(colors.count) colours")
    (self.mesh, self.colors) = (mesh, colors)
  }

  /// The content of the file.
  public var data: Data {
    PLYFile.data(
      positions: mesh.positions, colors: colors, normals: mesh.normals, triangles: mesh.triangles)
  }

  /// Writes the file, wholly or not at all.
  /// - Throws: `FileError`.
  public func write(to url: URL) throws { try AtomicFile.write(data, to: url) }
}
