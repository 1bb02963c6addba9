import Foundation
import Reports
import TestSupport
import Testing

@Suite("Files of points and surfaces") struct PLYFileTests {
  /// The header's lines, and the bytes after it.
  private func parts(_ data: Data) throws -> ([String], [UInt8]) {
    let end = try #require(data.range(of: Data("end_header\n".utf8))).upperBound
    return (
      String(decoding: data[..<end], as: UTF8.self).split(separator: "\n").map(String.init),
      Array(data[end...])
    )
  }

  private func bytes(_ numbers: [Float]) -> [UInt8] { numbers.withUnsafeBytes(Array.init) }

  @Test("Points have places and colours, and normals where there are some") func points() throws {
    let positions: [SIMD3<Float>] = [SIMD3(1, 2, 3), SIMD3(-4, 0.5, 0)]
    let colors: [SIMD3<UInt8>] = [SIMD3(1, 2, 3), SIMD3(255, 0, 9)]
    let (header, body) = try parts(PointCloudFile(positions: positions, colors: colors).data)
    #expect(
      header == [
        "ply", "format binary_little_endian 1.0", "element vertex 2", "property float x", "property float y",
        "property float z", "property uchar red", "property uchar green", "property uchar blue", "end_header",
      ])
    #expect(body == bytes([1, 2, 3]) + [1, 2, 3] + bytes([-4, 0.5, 0]) + [255, 0, 9])
    let normals: [SIMD3<Float>] = [SIMD3(0, 0, 1), SIMD3(0, 1, 0)]
    let (longer, more) = try parts(
      PointCloudFile(positions: positions, colors: colors, normals: normals).data)
    #expect(longer.count == 13 && longer[6] == "property float nx")
    #expect(more.prefix(27) == bytes([1, 2, 3, 0, 0, 1])[...] + [1, 2, 3])
  }

  @Test("A surface has its triangles too, and is written whole") func surface() throws {
    let mesh = SurfaceMesh(
      positions: [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)], triangles: [SIMD3(0, 1, 2)])
    let file = MeshFile(mesh, colors: [SIMD3(1, 1, 1), SIMD3(2, 2, 2), SIMD3(3, 3, 3)])
    let (header, body) = try parts(file.data)
    #expect(header.contains("element face 1") && header.contains("property list uchar int vertex_indices"))
    #expect(body.count == 3 * 27 + 13)
    #expect(body.suffix(13) == [3, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0])
    #expect(Array(body.prefix(27)) == bytes([0, 0, 0, 0, 0, 1]) + [1, 1, 1])
    let scratch = try TemporaryFolder()
    try file.write(to: scratch.file("a.ply"))
    #expect(try Data(contentsOf: scratch.file("a.ply")) == file.data)
    #expect(try scratch.names() == ["a.ply"])
    #expect(MeshFile(SurfaceMesh(), colors: []).data.count > 100)
  }

  @Test("Colours that are not as many as points end the process") func misuse() async {
    await #expect(processExitsWith: .failure) {
      _ = PointCloudFile(positions: [SIMD3(1, 2, 3)], colors: [])
    }
    await #expect(processExitsWith: .failure) {
      _ = MeshFile(SurfaceMesh(positions: [SIMD3(1, 2, 3)]), colors: [])
    }
  }
}
