import Basics
import Foundation
import Synchronization

/// Sums the counts of files that ``ValueCounts`` wrote, a 64th of the values at a time.
struct CountedValues {
  /// A value that gets a row.
  struct Kept {
    let key: UInt64
    let count: UInt32
  }

  /// A run of a file.
  private struct Run {
    let file: RandomAccessFile
    /// Where each part begins, and at last where the parts end, in bytes.
    let places: [Int]
    let texts: Range<Int>
  }

  private let runs: [Run]
  private let fieldCount: Int

  /// - Throws: `FileError`: `.damaged` for a file that is none of ``ValueCounts``.
  init(_ files: [URL], fieldCount: Int) throws {
    self.fieldCount = fieldCount
    var runs: [Run] = []
    for url in files {
      let file = try RandomAccessFile(reading: url)
      let total = file.byteCount
      var place = 0
      func number(at place: Int) throws -> Int {
        var number: UInt64 = 0
        guard
          try withUnsafeMutableBytes(
            of: &number, { try file.read(into: $0.baseAddress!, count: 8, at: place) }) == 8,
          number <= UInt64(total)
        else { throw FileError.damaged(path: url.path, reason: "is no file of counts") }
        return Int(number)
      }
      while place < total {
        var places = [place + 8 * ValueCounts.partCount]
        for part in 0..<ValueCounts.partCount {
          places.append(places[part] + 16 * (try number(at: place + 8 * part)))
        }
        let end = places[ValueCounts.partCount]
        let textCount = try number(at: end)
        guard end + 8 + textCount <= total else {
          throw FileError.damaged(path: url.path, reason: "is no file of counts")
        }
        runs.append(Run(file: file, places: places, texts: end + 8..<end + 8 + textCount))
        place = end + 8 + textCount
      }
    }
    self.runs = runs
  }

  /// The values of each field that are there often enough, the most frequent first, and those that are equally
  /// frequent in the order of their keys.
  /// - Parameter minimumCounts: How often, for each field.
  /// - Throws: `FileError`.
  func kept(minimumCounts: [Int], threads: Int) throws -> [[Kept]] {
    let all = Mutex([[Kept]](repeating: [], count: fieldCount))
    try ParallelWork.forEach(ValueCounts.partCount, threads: threads) { part in
      let sums = ValueTables(count: fieldCount)
      for run in runs { try add(part, of: run, to: sums) }
      var kept = [[Kept]](repeating: [], count: fieldCount)
      for field in 0..<fieldCount {
        let minimum = minimumCounts[field]
        sums.tables[field].forEach { key, count in
          if Int(count) >= minimum { kept[field].append(Kept(key: key, count: count)) }
        }
      }
      all.withLock { all in for field in 0..<fieldCount { all[field] += kept[field] } }
    }
    return all.withLock { all in
      for field in 0..<fieldCount {
        all[field].sort { $0.count != $1.count ? $0.count > $1.count : $0.key < $1.key }
      }
      return all
    }
  }

  /// Calls a function with the texts of the values whose key is a hash, some of them several times.
  /// - Throws: `FileError`.
  func forEachText(_ body: (ValueText) -> Void) throws {
    for run in runs where !run.texts.isEmpty {
      var texts = Data(count: run.texts.count)
      try texts.withUnsafeMutableBytes { try Self.fill($0, run.file, at: run.texts.lowerBound) }
      ValueText.forEach(in: texts, body)
    }
  }

  private func add(_ part: Int, of run: Run, to sums: ValueTables) throws {
    let count = (run.places[part + 1] - run.places[part]) / 16
    guard count > 0 else { return }
    let entries = UnsafeMutableBufferPointer<ValueCounts.Entry>.allocate(capacity: count)
    defer { entries.deallocate() }
    try Self.fill(UnsafeMutableRawBufferPointer(entries), run.file, at: run.places[part])
    for entry in entries {
      guard entry.field < fieldCount else {
        throw FileError.damaged(path: run.file.path, reason: "has counts of a field that is not there")
      }
      _ = sums.tables[Int(entry.field)].add(entry.count, to: entry.key)
    }
  }

  private static func fill(_ bytes: UnsafeMutableRawBufferPointer, _ file: RandomAccessFile, at offset: Int)
    throws
  {
    var done = 0
    while done < bytes.count, let start = bytes.baseAddress {
      let count = try file.read(into: start + done, count: bytes.count - done, at: offset + done)
      guard count > 0 else { throw FileError.damaged(path: file.path, reason: "ends too early") }
      done += count
    }
  }
}
