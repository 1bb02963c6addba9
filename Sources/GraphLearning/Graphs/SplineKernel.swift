import Torch

/// A continuous kernel over pseudo-coordinates: a product of B-splines, one for each dimension.
///
/// In a dimension with k weights an open spline of degree m reaches from 0 to 1 over k - m intervals; a closed one
/// has k intervals and comes back to its beginning. At each point m + 1 weights of the dimension have a part, with
/// sum 1.
///
/// **Source** Fey et al. 2018, section 3.
public struct SplineKernel: Sendable, Hashable {
  /// How many weights each dimension has.
  public let sizes: [Int]
  /// m: 1 linear, 2 quadratic, 3 cubic.
  public let degree: Int
  /// Whether the spline of each dimension is open.
  public let isOpen: [Bool]

  /// A kernel.
  /// - Parameters:
  ///   - sizes: How many weights each dimension has; more than the degree where the spline is open, else at
  ///     least 1.
  ///   - degree: m, from 1 to 3.
  ///   - isOpen: Whether the spline of each dimension is open; all are when nothing is given.
  public init(sizes: [Int], degree: Int = 1, isOpen: [Bool]? = nil) {
    let isOpen = isOpen ?? sizes.map { _ in true }
    guard (1...3).contains(degree) else {
      fatalError("SplineKernel: the degree of a spline is 1, 2 or 3, not \(degree)")
    }
    guard sizes.count == isOpen.count, zip(sizes, isOpen).allSatisfy({ $0 > ($1 ? degree : 0) }) else {
      fatalError(
        "SplineKernel: sizes \(sizes) for open splines \(isOpen) of degree \(degree); an open one needs more weights "
          + "than its degree, a closed one at least 1")
    }
    self.sizes = sizes
    self.degree = degree
    self.isOpen = isOpen
  }

  /// K, the number of weights.
  public var count: Int { sizes.reduce(1, *) }

  /// The constant matrix that makes a convolution of products: row i holds, in column j (K + 1) + k, the part of
  /// weight k in the edge from j to i, divided by the number of edges that lead to i; and 1 in its own column
  /// i (K + 1) + K, for the weight of the node itself.
  ///
  /// **Shape** `[N, N (K + 1)]`
  public func matrix(_ graph: Graph, _ coordinates: PseudoCoordinates) -> SparseMatrix {
    guard coordinates.dimensions == sizes.count,
      coordinates.values.count == graph.edges * coordinates.dimensions
    else {
      fatalError(
        "SplineKernel: \(coordinates.values.count) pseudo-coordinates of \(coordinates.dimensions) dimensions, for a graph "
          + "of \(graph.edges) edges and a kernel of \(sizes.count) dimensions")
    }
    let width = count + 1
    guard graph.nodes * width < Int(Int32.max) else {
      fatalError(
        "SplineKernel: \(graph.nodes) nodes times \(width) weights are more than a matrix has columns, \(Int32.max)"
      )
    }
    var (starts, columns, values): ([Int32], [Int32], [Float]) = ([0], [], [])
    for target in 0..<graph.nodes {
      let row = graph.edges(to: target)
      let end = row.first { Int(graph.sources[$0]) > target } ?? row.upperBound
      func append(_ edges: Range<Int>) {
        for edge in edges {
          let first = Int(graph.sources[edge]) * width
          for part in parts(coordinates, of: edge) {
            columns.append(Int32(first + part.weight))
            values.append(Float(part.part / Double(row.count)))
          }
        }
      }
      append(row.lowerBound..<end)
      columns.append(Int32(target * width + count))
      values.append(1)
      append(end..<row.upperBound)
      starts.append(Int32(columns.count))
    }
    return SparseMatrix(
      rowStarts: starts, columnIndices: columns, values: values, columns: graph.nodes * width,
      device: graph.device)
  }

  /// The weights that have a part in an edge, in increasing order, and their parts. The first dimension's index
  /// moves fastest.
  private func parts(_ coordinates: PseudoCoordinates, of edge: Int) -> [(weight: Int, part: Double)] {
    var parts = [(weight: 0, part: 1.0)]
    var stride = 1
    for (dimension, size) in sizes.enumerated() {
      let coordinate = Double(coordinates.values[edge * sizes.count + dimension])
      let place = coordinate * Double(isOpen[dimension] ? size - degree : size)
      let interval = Int(place)
      let pieces = SplineKernel.pieces(place - Double(interval), degree: degree)
      parts = parts.flatMap { part in
        pieces.enumerated().map { offset, piece in
          (part.weight + (interval + offset) % size * stride, part.part * piece)
        }
      }
      stride *= size
    }
    // A closed spline may come back to a weight that it has begun with.
    parts.sort { $0.weight < $1.weight }
    return parts.reduce(into: []) { merged, part in
      if let last = merged.indices.last, merged[last].weight == part.weight {
        merged[last].part += part.part
      } else {
        merged.append(part)
      }
    }
  }

  /// The m + 1 uniform B-splines of degree m that are not zero at t in [0, 1] of an interval.
  private static func pieces(_ t: Double, degree: Int) -> [Double] {
    let s = 1 - t
    return switch degree {
    case 1: [s, t]
    case 2: [s * s / 2, 0.5 + s * t, t * t / 2]
    default:
      [s * s * s / 6, 2.0 / 3 - t * t * (1 - t / 2), 2.0 / 3 - s * s * (1 - s / 2), t * t * t / 6]
    }
  }
}
