import Foundation

/// A file of JSON lines that is only added to, each line on the disk before work goes on; several processes may add
/// to one.
///
/// What a kill or a power cut left of the last line is cut off when the file is opened again.
package final class Journal<Entry: Codable> {
  /// What the file holds, in its order, as far as it has been read.
  package private(set) var entries: [Entry] = []
  private let url: URL
  private let locks: FileLocks
  private var readByteCount = 0

  /// The number of the lock under which the file is changed; those of work are greater.
  private static var changing: Int64 { 0 }

  /// Opens the file, or creates it.
  /// - Throws: ``FileError``: `.damaged` for a whole line that is no entry, `.system` when the file cannot be opened
  ///   for writing.
  package init(_ url: URL) throws {
    self.url = url
    locks = try FileLocks(url)
    try locks.holding(Self.changing) {
      try refresh()
      // What follows the last whole line is cut off.
      _ = try JSONLinesWriter(url: url, truncatingTo: readByteCount)
    }
  }

  /// Does what is not done yet, each piece of work once, beside other processes that do the same with this file.
  ///
  /// What another process is at is left to it, and at the end waited for: it is done then, or the process has died and
  /// it is done here.
  /// - Parameters:
  ///   - all: The work.
  ///   - key: Tells a piece of work from others.
  ///   - isDone: Whether ``entries`` have it.
  ///   - waiting: Told, once, when another process is waited for.
  ///   - work: Does a piece and appends its entry.
  /// - Throws: ``FileError``, and what `work` throws.
  package func complete<Work>(
    _ all: [Work], key: (Work) -> String, isDone: (Work) -> Bool, waiting: () -> Void = {},
    _ work: (Work) throws -> Void
  ) throws {
    /// - Returns: Whether another process is at it.
    func isTaken(_ piece: Work, waits: Bool) throws -> Bool {
      try refresh()
      if isDone(piece) { return false }
      let number = Int64(derivedSeed(0, key(piece)) >> 2) + 1
      let held: Void? = try locks.holding(number, waits: waits) {
        try refresh()
        if !isDone(piece) { try work(piece) }
      }
      return held == nil
    }
    let others = try all.filter { try isTaken($0, waits: false) }
    try refresh()
    let rest = others.filter { !isDone($0) }
    if !rest.isEmpty { waiting() }
    for piece in rest { _ = try isTaken(piece, waits: true) }
  }

  /// Adds an entry, and waits until it is on the disk.
  /// - Throws: ``FileError``.
  package func append(_ entry: Entry) throws {
    try locks.holding(Self.changing) {
      try refresh()
      let writer = try JSONLinesWriter(url: url)
      try writer.append(entry)
      try writer.synchronize()
      try refresh()
    }
  }

  /// Reads what has been added to the file.
  private func refresh() throws {
    guard let file = try? FileHandle(forReadingFrom: url),
      (try? file.seek(toOffset: UInt64(readByteCount))) != nil,
      let added = try? file.readToEnd() ?? Data()
    else { throw FileError.damaged(path: url.path, reason: "cannot be read") }
    let lineBreak = UInt8(ascii: "\n")
    let whole = added.prefix(added.lastIndex(of: lineBreak).map { $0 + 1 } ?? 0)
    let decoder = JSONDecoder()
    for line in whole.split(separator: lineBreak) {
      guard let entry = try? decoder.decode(Entry.self, from: line) else {
        throw FileError.damaged(
          path: url.path, reason: "line \(entries.count + 1) is not what this version writes")
      }
      entries.append(entry)
    }
    readByteCount += whole.count
  }
}
