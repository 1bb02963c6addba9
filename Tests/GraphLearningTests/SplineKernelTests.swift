import GraphLearning
import TestSupport
import Testing
import Torch

@Suite("Spline kernels") struct SplineKernelTests {
  /// The parts of the weights of a kernel at a point.
  private func parts(_ kernel: SplineKernel, at point: [Float]) throws -> [Float] {
    let graph = try Graph(nodes: 2, sources: [0], targets: [1])
    let coordinates = try PseudoCoordinates(point, dimensions: point.count, of: graph)
    let matrix = kernel.matrix(graph, coordinates)
    let row = matrix.matmul(Tensor.identity(matrix.columns)).selected(0, 1).scalars(Float.self)
    #expect(row[2 * kernel.count + 1] == 1)
    return Array(row.prefix(kernel.count))
  }

  @Test("The parts of a linear kernel are those of interpolation") func linear() throws {
    let kernel = SplineKernel(sizes: [3])
    #expect(try parts(kernel, at: [0]) == [1, 0, 0])
    #expect(try parts(kernel, at: [0.125]) == [0.75, 0.25, 0])
    #expect(try parts(kernel, at: [0.5]) == [0, 1, 0])
    #expect(try parts(kernel, at: [1]) == [0, 0, 1])
    let closed = SplineKernel(sizes: [2], isOpen: [false])
    #expect(try parts(closed, at: [0.75]) == [0.5, 0.5] && parts(closed, at: [1]) == parts(closed, at: [0]))
  }

  @Test("Parts are not negative and add up to 1", arguments: 1...3, [true, false])
  func unity(_ degree: Int, _ isOpen: Bool) throws {
    for kernel in [[4], [5, 4]].map({
      SplineKernel(sizes: $0, degree: degree, isOpen: $0.map { _ in isOpen })
    }) {
      for step in 0...20 {
        let point = kernel.sizes.indices.map { abs(Float(step) / 20 - Float($0)) }
        let parts = try parts(kernel, at: point)
        #expect(parts.allSatisfy { $0 >= 0 } && abs(parts.reduce(0, +) - 1) < 1e-6)
      }
    }
  }

  @Test("Coordinates of targets are their shares of the largest in-degree") func targetInDegrees() throws {
    let coordinates = PseudoCoordinates(
      targetInDegreesOf: try Graph(nodes: 4, sources: [0, 1, 2, 3, 0], targets: [1, 0, 0, 0, 0]))
    #expect(coordinates.values == [1, 1, 1, 1, 0.25] && coordinates.dimensions == 1)
  }

  @Test("Coordinates that are not in the unit cube are refused") func refusals() throws {
    let graph = try Graph(nodes: 2, sources: [0, 1], targets: [1, 0])
    func refuse(_ values: [Float], _ error: GraphError) {
      #expect(throws: error) { try PseudoCoordinates(values, dimensions: 2, of: graph) }
    }
    refuse([0, 0, 0], .count(of: "pseudo-coordinates", found: 3, expected: 4))
    refuse([0, 0, 0, 1.5], .coordinateOutOfRange(edge: 1, dimension: 1, value: 1.5))
    refuse([0, -0.5, 0, 1], .coordinateOutOfRange(edge: 0, dimension: 1, value: -0.5))
    refuse([0, 0, .nan, 1], .notFinite(of: "pseudo-coordinates", index: 2))
    refuse([.infinity, 0, 0, 1], .notFinite(of: "pseudo-coordinates", index: 0))
  }
}
