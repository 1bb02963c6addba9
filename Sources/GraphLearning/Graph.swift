import Foundation
import Torch

/// An undirected graph without edge weights, as matrices that graph convolutions multiply with.
package struct Graph: Sendable {
  /// N.
  package let nodes: Int
  /// `D^-1/2 (A + I) D^-1/2`, D being the row sums of A + I (Kipf and Welling 2017, eq. 2).
  ///
  /// **Shape** `[N, N]`
  package let normalizedAdjacency: SparseMatrix

  /// A graph.
  /// - Parameters:
  ///   - nodes: N.
  ///   - edges: Each edge once, in either direction; none from a node to itself.
  ///   - device: Where the matrices lie.
  package init(nodes: Int, edges: [(Int32, Int32)], device: Device) {
    var neighbours = (0..<nodes).map { [Int32($0)] }
    for (source, target) in edges {
      neighbours[Int(source)].append(target)
      neighbours[Int(target)].append(source)
    }
    let scale = neighbours.map { 1 / Float($0.count).squareRoot() }
    var starts: [Int32] = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for (node, row) in neighbours.enumerated() {
      for neighbour in row.sorted() {
        columns.append(neighbour)
        values.append(scale[node] * scale[Int(neighbour)])
      }
      starts.append(Int32(columns.count))
    }
    self.nodes = nodes
    normalizedAdjacency = SparseMatrix(
      rowStarts: starts, columnIndices: columns, values: values, columns: nodes, device: device)
  }
}
