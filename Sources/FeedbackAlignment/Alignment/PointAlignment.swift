import Basics

/// How well a method's learning signal at one point agrees with backpropagation's.
public struct PointAlignment: Codable, Equatable, Sendable {
  /// The path of the point.
  public let point: String
  /// The mean over rows of cos(t_i, c_i); nil when no row could be measured.
  public let mean: Double?
  /// The standard deviation over rows; nil for fewer than two rows.
  public let std: Double?
  /// The rows that were measured.
  public let rows: Int
  /// The rows left out because one of the two signals is zero there, such as nodes without a label.
  public let skipped: Int

  package init(point: String, mean: Double?, std: Double?, rows: Int, skipped: Int) {
    self.point = point
    self.mean = mean
    self.std = std
    self.rows = rows
    self.skipped = skipped
  }
}

extension PointAlignment {
  private enum CodingKeys: String, CodingKey {
    case point, mean, std, rows, skipped
  }

  /// Writes every key, with null for a statistic that could not be measured.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(point, forKey: .point)
    try container.encode(mean, forKey: .mean)
    try container.encode(std, forKey: .std)
    try container.encode(rows, forKey: .rows)
    try container.encode(skipped, forKey: .skipped)
  }
}

extension PointAlignment {
  /// The statistics of the rows of several measurements of one point together.
  ///
  /// Ends the process unless there is a measurement and all are of one point.
  public init(pooling measurements: [PointAlignment]) {
    require(
      Set(measurements.map(\.point)).count == 1,
      "measurements of the points \(measurements.map(\.point)) cannot be pooled; give one or more of the same point"
    )
    let rows = measurements.reduce(0) { $0 + $1.rows }
    let mean = measurements.reduce(0) { $0 + ($1.mean ?? 0) * Double($1.rows) } / Double(rows)
    // Squares about the common mean: those within each measurement, and those of its mean.
    let squares = measurements.reduce(0.0) { sum, part in
      let (deviation, distance) = (part.std ?? 0, (part.mean ?? 0) - mean)
      return sum + deviation * deviation * Double(max(part.rows - 1, 0)) + distance * distance
        * Double(part.rows)
    }
    self.init(
      point: measurements[0].point, mean: rows == 0 ? nil : mean,
      std: rows < 2 ? nil : (squares / Double(rows - 1)).squareRoot(), rows: rows,
      skipped: measurements.reduce(0) { $0 + $1.skipped })
  }
}
