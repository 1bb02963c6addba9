import DirectFeedback

/// An epoch of a graph convolutional network on a random graph, and what it took to make the graph.
package struct GraphBenchmark: Encodable, Sendable {
  /// The size of a graph and of the network on it.
  package struct Size: Encodable, Sendable {
    /// Nodes.
    package let nodes: Int
    /// Edges without direction.
    package let edges: Int
    /// Features of a node.
    package let features: Int
    /// The width of the hidden layer.
    package let hidden: Int
    /// Classes.
    package let classes: Int

    /// A size.
    package init(nodes: Int, edges: Int, features: Int, hidden: Int, classes: Int) {
      (self.nodes, self.edges, self.features) = (nodes, edges, features)
      (self.hidden, self.classes) = (hidden, classes)
    }
  }

  /// The sizes.
  package let size: Size
  /// Edges with direction: two for each without.
  package let directedEdges: Int
  /// Seconds to draw the graph and to make the matrix that the network multiplies with.
  package let buildSeconds: Double
  /// The epochs.
  package let epochs: EpochBenchmark

  /// Draws the graph and measures.
  /// - Parameters:
  ///   - size: The sizes.
  ///   - seed: What the graph, features and classes are drawn from.
  ///   - methods: The methods; the first is the one to compare with.
  ///   - rounds: Rounds that count; fitted to the time of an epoch when nil.
  ///   - warmup: Rounds before them; fitted when nil.
  ///   - device: Where.
  ///   - built: Told how many seconds the graph took.
  /// - Throws: `GraphError`, `ConfigurationError`.
  package init(
    _ size: Size, seed: UInt64, methods: [BenchmarkMethod], rounds: Int? = nil, warmup: Int? = nil,
    device: Device, built: (Double) -> Void = { _ in }
  ) throws {
    let stopwatch = Stopwatch()
    let graph = try RandomGraph(
      nodes: size.nodes, edges: size.edges, features: size.features, classes: size.classes, seed: seed,
      device: device)
    device.synchronize()
    buildSeconds = stopwatch.seconds
    built(buildSeconds)
    self.size = size
    directedEdges = graph.graph.edges
    epochs = try EpochBenchmark(
      BenchmarkSubject(graph, hidden: size.hidden), methods: methods, rounds: rounds, warmup: warmup)
  }

  private enum CodingKeys: CodingKey { case directedEdges, buildSeconds }

  /// The keys of the sizes and of the epochs beside `directedEdges` and `buildSeconds`.
  package func encode(to encoder: any Encoder) throws {
    try size.encode(to: encoder)
    try epochs.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(directedEdges, forKey: .directedEdges)
    try container.encode(buildSeconds, forKey: .buildSeconds)
  }
}
