import DirectFeedback

extension [TaskFamily] {
  /// The benchmark network of a name.
  /// - Throws: `ConfigurationError` with the nearest name.
  package func benchmarkNetwork(named name: String) throws -> BenchmarkNetwork {
    guard let network = benchmarks.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("network", name, among: benchmarks.map(\.name))
    }
    return network
  }
}
