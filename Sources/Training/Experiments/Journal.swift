import Foundation
import Reports

/// A file of JSON lines that is only added to, each line on the disk before work goes on.
///
/// What a kill or a power cut left of the last line is cut off when the file is opened again.
package final class Journal<Entry: Codable> {
  /// What the file holds, in its order.
  package private(set) var entries: [Entry]
  private let writer: JSONLinesWriter

  /// Opens the file, or creates it.
  /// - Throws: ``RunError/damaged(_:_:)`` for a whole line that is no entry, `ReportsError` when the file cannot
  ///   be opened for writing.
  package init(_ url: URL) throws {
    var content = Data()
    if FileManager.default.fileExists(atPath: url.path) {
      guard let found = try? Data(contentsOf: url) else { throw RunError.damaged(url.path, "cannot be read") }
      content = found
    }
    let lineBreak = UInt8(ascii: "\n")
    let whole = content.prefix(content.lastIndex(of: lineBreak).map { $0 + 1 } ?? 0)
    let decoder = JSONDecoder()
    entries = try whole.split(separator: lineBreak).enumerated().map { number, line in
      guard let entry = try? decoder.decode(Entry.self, from: line) else {
        throw RunError.damaged(url.path, "line \(number + 1) is not what this version writes")
      }
      return entry
    }
    writer = try JSONLinesWriter(url: url, truncatingTo: whole.count)
  }

  /// Adds an entry, and waits until it is on the disk.
  /// - Throws: `ReportsError`.
  package func append(_ entry: Entry) throws {
    try writer.append(entry)
    try writer.synchronize()
    entries.append(entry)
  }
}
