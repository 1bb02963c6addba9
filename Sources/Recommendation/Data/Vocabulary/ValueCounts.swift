import Basics
import Foundation

/// Counts of the values of each field, with the texts of those whose key is a hash; kept within a budget of memory by
/// writing them to a file and beginning anew.
///
/// The file holds runs of one counting each. A run: the number of entries of each of 64 parts; the entries, part by
/// part; the length of the texts; the texts. Which part an entry is in, its key and field decide, so that parts of
/// all runs are summed one after the other.
final class ValueCounts {
  /// How many parts a run has.
  static let partCount = 64

  /// A value of a field, and how often it was there.
  struct Entry {
    var key: UInt64
    var count: UInt32
    var field: UInt32

    /// Which part it is in.
    static func part(_ key: UInt64, _ field: Int) -> Int {
      Int(FeatureKey.mixed(key &+ UInt64(field) &* 0xd6e8_feb8_6659_fd93) >> 58)
    }
  }

  private let fieldCount: Int
  private let budget: Int
  private let file: OutputFile
  private let temporary: URL
  private let final: URL
  private var counts: ValueTables
  private var texts = Data()
  private var rowsUntilCheck = 4_096

  /// - Parameters:
  ///   - fieldCount: F.
  ///   - budget: The bytes of memory that the tables may have.
  ///   - url: The file, which is there only once all is counted.
  /// - Throws: `FileError`.
  init(fieldCount: Int, budget: Int, writingTo url: URL) throws {
    (self.fieldCount, self.budget, final) = (fieldCount, budget, url)
    temporary = url.appendingPathExtension("tmp")
    counts = ValueTables(count: fieldCount)
    file = try OutputFile(temporary)
    try file.truncate(to: 0)
  }

  /// Counts the values of a row.
  /// - Throws: `FileError`.
  @inline(__always)
  func count(_ row: RowParser) throws {
    let tables = counts.tables
    for field in 0..<fieldCount {
      let key = row.keys[field]
      if tables[field].add(1, to: key), FeatureKey.isHash(key) { keep(row.cell(field), field, key) }
    }
    rowsUntilCheck -= 1
    if rowsUntilCheck == 0 {
      rowsUntilCheck = 4_096
      if counts.byteCount + texts.count > budget { try flush() }
    }
  }

  /// Writes what is left, and gives the file its name.
  /// - Throws: `FileError`.
  func finish() throws {
    try flush()
    try file.synchronize()
    guard rename(temporary.path, final.path) == 0 else {
      throw FileError.system(action: "replace", path: final.path, code: errno)
    }
  }

  private func keep(_ cell: UnsafeBufferPointer<UInt8>, _ field: Int, _ key: UInt64) {
    ValueText.append(field: field, key: key, cell, to: &texts)
  }

  private func flush() throws {
    var partCounts = [UInt64](repeating: 0, count: Self.partCount)
    for (field, table) in counts.tables.enumerated() {
      table.forEach { key, _ in partCounts[Entry.part(key, field)] += 1 }
    }
    var places: [Int] = []
    var total = 0
    for count in partCounts {
      places.append(total)
      total += Int(count)
    }
    if total > 0 {
      let entries = UnsafeMutableBufferPointer<Entry>.allocate(capacity: total)
      defer { entries.deallocate() }
      places.withUnsafeMutableBufferPointer { places in
        for (field, table) in counts.tables.enumerated() {
          table.forEach { key, count in
            let part = Entry.part(key, field)
            entries.initializeElement(
              at: places[part], to: Entry(key: key, count: count, field: UInt32(field)))
            places[part] += 1
          }
        }
      }
      try partCounts.withUnsafeBytes { try file.append(Data($0)) }
      try file.append(
        Data(
          bytesNoCopy: UnsafeMutableRawPointer(mutating: UnsafeRawPointer(entries.baseAddress!)),
          count: total * 16, deallocator: .none))
      try withUnsafeBytes(of: UInt64(texts.count).littleEndian) { try file.append(Data($0)) }
      try file.append(texts)
    }
    counts = ValueTables(count: fieldCount)
    texts = Data()
  }
}
