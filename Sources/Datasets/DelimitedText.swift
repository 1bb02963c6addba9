/// A text file with a row of fields on every line, which commas, tabs or spaces part.
///
/// Empty lines, and those that begin with `#` or `%`, are left out.
public struct DelimitedText: Sendable {
  /// A line.
  public struct Line: Sendable {
    /// Its number in the file, from 1.
    public let number: Int
    /// Its fields, without the spaces around them.
    public let fields: [String]
  }

  /// The file.
  public let path: String
  private let bytes: [UInt8]

  /// A file.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` when it is not UTF-8.
  public init(_ file: DataFile) throws(DataError) {
    (path, bytes) = (
      file.path, file.bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(file.bytes.dropFirst(3)) : file.bytes
    )
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .unusable(
        path: path, reason: "is not a text in UTF-8", remedy: "save it as one, a row on each line")
    }
  }

  /// Gives every line with its fields, in order.
  public func forEachLine<Failure: Error>(_ body: (Line) throws(Failure) -> Void) throws(Failure) {
    var (start, number) = (0, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      number += 1
      let line = bytes[start..<end]
      start = end + 1
      guard let first = line.first(where: { !Self.isSpace($0) }), first != UInt8(ascii: "#"),
        first != UInt8(ascii: "%")
      else { continue }
      try body(Line(number: number, fields: Self.fields(line)))
    }
  }

  /// An error that names the file and a line.
  public func unusable(_ line: Line, _ reason: String, _ remedy: String) -> DataError {
    .unusable(path: path, reason: "line \(line.number): \(reason)", remedy: remedy)
  }

  private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
    let separator = [UInt8(ascii: ","), UInt8(ascii: "\t")].first { line.contains($0) }
    let parts =
      separator.map { separator in line.split(separator: separator, omittingEmptySubsequences: false) }
      ?? line.split(whereSeparator: isSpace)
    return parts.map { part in
      let text = part.drop(while: isSpace)
      let end = text.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? text.startIndex
      return String(decoding: text[..<end], as: UTF8.self)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
