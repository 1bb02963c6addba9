/// How far a fetch has come.
public struct FetchProgress: Equatable, Sendable {
  /// The source being tried.
  public let source: String
  /// The file being transferred; nil while a whole package is.
  public let file: String?
  /// Bytes of the data set in place so far.
  public let bytes: Int
  /// Bytes of the whole data set.
  public let total: Int
}
