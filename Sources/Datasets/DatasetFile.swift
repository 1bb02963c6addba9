/// One file of a data set, as its official distribution has it.
public struct DatasetFile: Equatable, Sendable {
  /// Path relative to the data set's folder.
  public let path: String
  /// Exact length, in bytes.
  public let byteCount: Int
  /// SHA-256 digest, 64 lower-case hexadecimal digits; nil where only the archive that holds the file has a published
  /// digest, so that its length alone is checked.
  public let sha256: String?

  /// A file at `path` within the data set's folder, with its exact length in bytes and hexadecimal SHA-256, if known.
  public init(_ path: String, _ byteCount: Int, _ sha256: String? = nil) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}
