/// How far a preparation has come.
public struct PreparationProgress: Equatable, Sendable {
  /// What is being done.
  public enum Stage: String, Sendable {
    /// A file is decompressed, or rows are made of several files; how long it takes is not known.
    case deriving
    /// The files are read once for their digest and the number of their lines.
    case reading
    /// Values are counted.
    case counting
    /// Rows are written.
    case writing
  }

  /// What is being done.
  public let stage: Stage
  /// How many are done: bytes when reading, else lines.
  public let completed: Int
  /// How many there are; 0 where that is not known.
  public let total: Int
  /// How many of them an earlier process did, whose work goes on.
  public let resumed: Int
}
