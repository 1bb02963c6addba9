/// Where the source of each edge lies as seen from its target: a point of a unit cube for each edge.
public struct PseudoCoordinates: Sendable {
  /// D, the number of coordinates of an edge.
  public let dimensions: Int
  /// The coordinates of each edge, one edge after the other.
  public let values: [Float]

  /// The coordinates of the edges of a graph, in its order.
  /// - Throws: ``GraphError`` when there are not D for each edge, or one is not in [0, 1].
  public init(_ values: [Float], dimensions: Int, of graph: Graph) throws {
    guard values.count == dimensions * graph.edges else {
      throw GraphError.count(
        of: "pseudo-coordinates", found: values.count, expected: dimensions * graph.edges)
    }
    for (index, value) in values.enumerated() where !(0...1).contains(value) {
      throw value.isFinite
        ? GraphError.coordinateOutOfRange(
          edge: index / dimensions, dimension: index % dimensions, value: value)
        : GraphError.notFinite(of: "pseudo-coordinates", index: index)
    }
    self.dimensions = dimensions
    self.values = values
  }

  /// One coordinate: how many edges lead to the target, of the most that lead to any node.
  ///
  /// **Source** Fey et al. 2018, section 5.2.
  public init(targetInDegreesOf graph: Graph) {
    let degrees = graph.inDegrees
    let maximum = Float(degrees.max() ?? 1)
    dimensions = 1
    values = (0..<graph.nodes).flatMap { node in
      repeatElement(Float(degrees[node]) / maximum, count: Int(degrees[node]))
    }
  }
}
