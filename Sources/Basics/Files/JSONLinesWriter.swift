import Foundation

/// An append-only file of one JSON object per line, such as a run's `metrics.jsonl`.
///
/// Keys are sorted, so that equal values give equal lines. Numbers that JSON has no word for are written as
/// the strings `"nan"`, `"inf"` and `"-inf"`.
public final class JSONLinesWriter {
  private let file: OutputFile
  private let encoder: JSONEncoder

  /// Opens the file at `url`, or creates it, to add at its end.
  ///
  /// - Parameters:
  ///   - url: where the file is; its folder must exist.
  ///   - byteCount: length in bytes to truncate the file to first: the `byteCount` that a checkpoint
  ///     recorded, so that a resumed run writes no line twice, or 0 to start again. With nil the file keeps
  ///     all it has.
  /// - Throws: ``FileError/tooShort(path:byteCount:recorded:)`` when the file is shorter than `byteCount`,
  ///   ``FileError/system(action:path:code:)`` when it cannot be opened.
  public init(url: URL, truncatingTo byteCount: Int? = nil) throws {
    file = try OutputFile(url)
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let byteCount else { return }
    guard file.byteCount >= byteCount else {
      throw FileError.tooShort(path: file.path, byteCount: file.byteCount, recorded: byteCount)
    }
    try file.truncate(to: byteCount)
  }

  /// Length of the file in bytes: what a checkpoint records, to be handed to `init(url:truncatingTo:)`.
  public var byteCount: Int { file.byteCount }

  /// Writes `value` as one line.
  ///
  /// - Throws: ``FileError/system(action:path:code:)`` naming the file, for example on a full disk; the file then
  ///   still ends with the line before. `EncodingError` when the value cannot be encoded.
  public func append<T: Encodable>(_ value: T) throws {
    try file.append(encoder.encode(value) + Data("\n".utf8))
  }

  /// Waits until every line is on the disk; a checkpoint records `byteCount` after this.
  ///
  /// - Throws: ``FileError/system(action:path:code:)``.
  public func synchronize() throws {
    try file.synchronize()
  }
}
