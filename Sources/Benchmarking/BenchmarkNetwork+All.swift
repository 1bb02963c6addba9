import DirectFeedback

extension BenchmarkNetwork {
  /// Transformers, until they have the family whose benchmarks they are.
  package static let withoutFamily: [BenchmarkNetwork] = [.microTransformer, .macroTransformer]
}

extension [TaskFamily] {
  /// The benchmark networks of the families, and those that have no family yet.
  package var benchmarkNetworks: [BenchmarkNetwork] { benchmarks + BenchmarkNetwork.withoutFamily }

  /// The benchmark network of a name.
  /// - Throws: `ConfigurationError` with the nearest name.
  package func benchmarkNetwork(named name: String) throws -> BenchmarkNetwork {
    guard let network = benchmarkNetworks.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("network", name, among: benchmarkNetworks.map(\.name))
    }
    return network
  }
}
