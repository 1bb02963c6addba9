import Foundation
import Reports
import TestSupport
import Testing

@Suite("Surfaces by marching cubes") struct MarchingCubesTests {
  /// How often each side is run through in each direction.
  private func sides(_ mesh: SurfaceMesh) -> [SIMD2<UInt32>: Int] {
    mesh.triangles.reduce(into: [:]) { counts, triangle in
      for corner in 0..<3 { counts[SIMD2(triangle[corner], triangle[(corner + 1) % 3]), default: 0] += 1 }
    }
  }

  /// Whether every side is that of two triangles, in opposite directions.
  private func isClosed(_ mesh: SurfaceMesh) -> Bool {
    let sides = sides(mesh)
    return sides.allSatisfy { $0.value == 1 && sides[SIMD2($0.key.y, $0.key.x)] == 1 }
  }

  private func sphere(_ resolution: Int, radius: Float) -> ScalarGrid {
    ScalarGrid(resolution: resolution, bound: 1) { places in
      places.map { radius - ($0 * $0).sum().squareRoot() }
    }
  }

  @Test("A sphere's surface is closed, outward, and of its area and volume") func ball() {
    let radius: Float = 0.7
    let mesh = MarchingCubes.surface(of: sphere(50, radius: radius), level: 0)
    #expect(isClosed(mesh) && mesh.triangles.count > 1_000)
    #expect(mesh.positions.count - sides(mesh).count / 2 + mesh.triangles.count == 2)
    let r = Double(radius)
    #expect(abs(mesh.area / (4 * .pi * r * r) - 1) < 0.01)
    #expect(abs(mesh.volume / (4 / 3 * .pi * r * r * r) - 1) < 0.01)
    for (position, normal) in zip(mesh.positions, mesh.normals) {
      let length = (position * position).sum().squareRoot()
      #expect(abs(length - radius) < 0.002 && (position * normal).sum() > 0.97 * length)
    }
  }

  @Test("What alternates or is random is closed too, where it does not meet the end of the grid")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for round in 0..<20 {
      let count = 9
      let values = (0..<count * count * count).map { index -> Float in
        let place = [index % count, index / count % count, index / count / count]
        if place.contains(where: { $0 == 0 || $0 == count - 1 }) { return -1 }
        return round == 0
          ? (place.reduce(0, +).isMultiple(of: 2) ? 1 : -1) : .random(in: -1...1, using: &generator)
      }
      let grid = ScalarGrid(counts: SIMD3(9, 9, 9), origin: .zero, spacing: 1, values: values)
      let mesh = MarchingCubes.surface(of: grid, level: 0)
      #expect(isClosed(mesh) && !mesh.triangles.isEmpty, "\(values)")
      #expect(mesh.volume > 0)
    }
  }

  @Test("Each of the 256 cubes alone is as many triangles as its loops have corners less two")
  func cubes() {
    for inside in 0..<256 {
      let values = (0..<8).map { Float(inside >> $0 & 1) }
      let grid = ScalarGrid(counts: SIMD3(2, 2, 2), origin: .zero, spacing: 1, values: values)
      let mesh = MarchingCubes.surface(of: grid, level: 0.5)
      var crossed = 0
      for corner in 0..<8 {
        for bit in [1, 2, 4] where corner & bit == 0 && values[corner] != values[corner | bit] {
          crossed += 1
        }
      }
      #expect(mesh.positions.count == crossed)
      // Sides that only one triangle has are the loops; as many as corners.
      let sides = sides(mesh)
      #expect(sides.values.allSatisfy { $0 == 1 })
      #expect(sides.keys.filter { sides[SIMD2($0.y, $0.x)] == nil }.count == crossed)
    }
  }

  @Test("The surface is where numbers between corners have the level, and numbers that are none do no harm")
  func level() {
    let grid = ScalarGrid(
      counts: SIMD3(2, 2, 2), origin: SIMD3(1, 2, 3), spacing: 2, values: [0, 4, 0, 4, 0, 4, 0, 4])
    let mesh = MarchingCubes.surface(of: grid, level: 1)
    #expect(mesh.positions.count == 4 && mesh.positions.allSatisfy { $0.x == 1.5 })
    #expect(mesh.normals.allSatisfy { $0 == SIMD3(-1, 0, 0) })
    let odd = ScalarGrid(
      counts: SIMD3(2, 2, 2), origin: .zero, spacing: 1,
      values: [.nan, .infinity, 0, .infinity, 0, 4, 0, .nan])
    let found = MarchingCubes.surface(of: odd, level: 1)
    #expect(found.positions.allSatisfy { [$0.x, $0.y, $0.z].allSatisfy(\.isFinite) })
    let none = ScalarGrid(
      counts: SIMD3(1, 5, 5), origin: .zero, spacing: 1, values: .init(repeating: 2, count: 25))
    #expect(MarchingCubes.surface(of: none, level: 1).triangles.isEmpty)
  }

  @Test("Numbers that are not as many as corners end the process") func misuse() async {
    await #expect(processExitsWith: .failure) {
      _ = ScalarGrid(counts: SIMD3(2, 2, 2), origin: .zero, spacing: 1, values: [1])
    }
  }
}
