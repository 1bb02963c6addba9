import Foundation

/// A small table of text that is held in memory: the names of its columns, and its rows. Rows with another number of
/// cells are left out and counted.
struct TextTable {
  let names: [String]
  private(set) var rows: [[String]] = []
  private(set) var faults: [LineFault: Int] = [:]

  /// Reads a file whose first line has the names.
  /// - Parameter header: Makes a column's name of what the header has.
  /// - Throws: `FileError`, ``PreparationError/noRows(path:)``.
  init(_ url: URL, separator: UInt8, header: (String) -> String) throws {
    let file = try RandomAccessFile(reading: url)
    let reader = try LineReader(file, 0..<file.byteCount)
    try reader.skipByteOrderMark()
    func cells(_ line: LineReader.Line) -> [String] {
      RowParser.cells(of: line, separator: separator, allowsQuotes: false) ?? []
    }
    guard let first = try reader.next() else { throw PreparationError.noRows(path: url.path) }
    names = cells(first).map(header)
    while let line = try reader.next() {
      let row = cells(line)
      let fault: LineFault? =
        line.isTooLong
        ? .tooLong
        : line.count == 0
          ? .empty
          : memchr(line.start, 0, line.count) != nil
            ? .nul
            : row.count > names.count
              ? .tooManyColumns : row.count == names.count ? nil : line.isTerminated ? .tooFewColumns : .cut
      if let fault { faults[fault, default: 0] += 1 } else { rows.append(row) }
    }
  }

  /// The place of a column.
  /// - Throws: ``PreparationError/header(path:reason:)``.
  func column(_ name: String, of url: URL) throws -> Int {
    guard let place = names.firstIndex(of: name) else {
      throw PreparationError.header(
        path: url.path, reason: "has no '\(name)' among \(names.joined(separator: ", "))")
    }
    return place
  }
}
