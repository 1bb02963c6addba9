/// Mean and standard deviation of a few values, such as a metric over seeds.
public struct Statistics: Codable, Equatable, Sendable {
  /// The mean.
  public let mean: Double
  /// The standard deviation of a sample (n - 1); 0 for a single value.
  public let std: Double
  /// The values, in the order of their seeds.
  public let values: [Double]

  /// - Precondition: There is a value.
  public init(_ values: [Double]) {
    if values.isEmpty { fatalError("Statistics of no values") }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    std = values.count < 2 ? 0 : (squares / Double(values.count - 1)).squareRoot()
    self.values = values
  }
}
