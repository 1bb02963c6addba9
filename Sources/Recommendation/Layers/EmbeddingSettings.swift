import Networks

/// The table of vectors that stand for the values of fields.
public struct EmbeddingSettings: Settings {
  /// Where what the table learns from comes from, under methods that cut the graph.
  public enum End: String, NamedChoice {
    /// From the Jacobian of the layers above it that end at the next feedback points: the table is a part of their blocks.
    case block
    /// From feedback: the embedded row ends at a feedback point of its own, as in the 2020 paper. Where the error is one number a
    /// row, all rows of the table then move along one direction.
    case point
    /// From elsewhere alone, such as the products of a factorization machine: the perceptron gives it nothing, as in the
    /// published code of DeepFM.
    case cut
  }

  /// D, the length of a vector; at least 1.
  public var width = 10
  /// Under methods that cut the graph, where what the table learns from comes from.
  public var end = End.block
  /// Whether gradients are of the rows that a step reads alone. What is learned does not depend on it (but for `lazyAdam`); large
  /// tables are faster so, small ones without. Nil: from 50,000 rows on.
  public var isSparse: Bool?

  /// Vectors of 10 numbers.
  public init() {}
  /// Vectors of so many numbers.
  public init(width: Int, end: End = .block) { (self.width, self.end) = (width, end) }

  /// The keys in files.
  public static let keys = [
    SettingKey("width", \Self.width, "the length of a field's vector", .within(1...maximumWidth)),
    SettingKey(
      "end", \Self.end,
      "what the table learns from where the graph is cut: the layers above it (block), feedback of its own (point), or nothing "
        + "of the perceptron (cut)"),
    SettingKey(
      "isSparse", optional: \Self.isSparse,
      "whether gradients are of the rows that a step reads alone; null: from 50,000 rows on"),
  ]

  /// Whether a table of so many rows has gradients of rows.
  func isSparse(rows: Int) -> Bool { isSparse ?? (rows >= 50_000) }
}
