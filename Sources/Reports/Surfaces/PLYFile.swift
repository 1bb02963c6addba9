import Foundation

/// What points and surfaces are written as: the binary form of PLY, little-endian.
///
/// **Source** Turk 1994, "The PLY polygon file format".
enum PLYFile {
  /// The file of corners, and of the triangles between them.
  /// - Parameters:
  ///   - positions: Where the corners are.
  ///   - colors: Red, green and blue of each.
  ///   - normals: The direction outward at each; none are written when nil.
  ///   - triangles: The places of their corners; none are written when nil.
  static func data(
    positions: [SIMD3<Float>], colors: [SIMD3<UInt8>], normals: [SIMD3<Float>]?, triangles: [SIMD3<UInt32>]?
  ) -> Data {
    var lines = ["ply", "format binary_little_endian 1.0", "element vertex \(positions.count)"]
    lines += ["x", "y", "z"].map { "property float \($0)" }
    if normals != nil { lines += ["nx", "ny", "nz"].map { "property float \($0)" } }
    lines += ["red", "green", "blue"].map { "property uchar \($0)" }
    if let triangles {
      lines += ["element face \(triangles.count)", "property list uchar int vertex_indices"]
    }
    var bytes = Array((lines + ["end_header", ""]).joined(separator: "\n").utf8)
    bytes.reserveCapacity(bytes.count + positions.count * 27 + (triangles?.count ?? 0) * 13)
    for index in positions.indices {
      append(positions[index], to: &bytes)
      if let normals { append(normals[index], to: &bytes) }
      bytes += [colors[index].x, colors[index].y, colors[index].z]
    }
    for triangle in triangles ?? [] {
      bytes.append(3)
      for corner in 0..<3 { append(triangle[corner], to: &bytes) }
    }
    return Data(bytes)
  }

  private static func append(_ vector: SIMD3<Float>, to bytes: inout [UInt8]) {
    for axis in 0..<3 { append(vector[axis].bitPattern, to: &bytes) }
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }
}
