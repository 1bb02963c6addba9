import Basics

/// Writes the rows of a piece to their places in the file of prepared rows, those of each part to its own.
final class PieceWriter {
  private static let capacity = 4_096
  private let fieldCount: Int
  private let tables: ValueTables
  private let offsets: [Int]
  private let output: RandomAccessFile
  private let layout: PreparedLayout
  private var next: PartCounts
  /// For each part, room for some rows.
  private let features: UnsafeMutablePointer<Int32>
  private let labels: UnsafeMutablePointer<UInt8>
  private var filled = [0, 0, 0]
  private let unseen: UnsafeMutablePointer<Int>
  private let piece: Int
  private var positives = PartCounts()
  /// How many rows were written.
  private(set) var written = PartCounts()

  /// - Parameter first: Where the rows of each part go, counted from the first row of the file.
  init(
    _ piece: Int, fieldCount: Int, tables: ValueTables, offsets: [Int], output: RandomAccessFile,
    layout: PreparedLayout, first: PartCounts
  ) {
    (self.piece, self.fieldCount, self.tables, self.offsets) = (piece, fieldCount, tables, offsets)
    (self.output, self.layout, next) = (output, layout, first)
    features = .allocate(capacity: 3 * Self.capacity * fieldCount)
    labels = .allocate(capacity: 3 * Self.capacity)
    unseen = .allocate(capacity: 3 * fieldCount)
    unseen.initialize(repeating: 0, count: 3 * fieldCount)
  }

  deinit {
    features.deallocate()
    labels.deallocate()
    unseen.deallocate()
  }

  /// Takes a row.
  /// - Throws: `FileError`.
  @inline(__always)
  func write(_ row: RowParser, part: Int) throws {
    let place = part * Self.capacity + filled[part]
    let target = features + place * fieldCount
    let (tables, missing) = (tables.tables, unseen + part * fieldCount)
    offsets.withUnsafeBufferPointer { offsets in
      for field in 0..<fieldCount {
        let number = Int(tables[field].number(of: row.keys[field]))
        if number == 0 { missing[field] += 1 }
        target[field] = Int32(truncatingIfNeeded: offsets[field] + number).littleEndian
      }
    }
    labels[place] = row.isPositive ? 1 : 0
    if row.isPositive { positives[part] += 1 }
    filled[part] += 1
    if filled[part] == Self.capacity { try flush(part) }
  }

  /// Writes what is left.
  /// - Throws: `FileError`.
  func finish() throws -> PreparationRun.PieceRows {
    for part in 0..<3 { try flush(part) }
    return PreparationRun.PieceRows(
      piece: piece, positives: positives,
      unseen: (0..<fieldCount).map { field in
        PartCounts(
          training: unseen[field], validation: unseen[fieldCount + field],
          test: unseen[2 * fieldCount + field])
      })
  }

  private func flush(_ part: Int) throws {
    let (count, first) = (filled[part], part * Self.capacity)
    guard count > 0 else { return }
    try output.write(
      UnsafeRawBufferPointer(start: features + first * fieldCount, count: 4 * count * fieldCount),
      at: layout.features + 4 * fieldCount * next[part])
    try output.write(
      UnsafeRawBufferPointer(start: labels + first, count: count), at: layout.labels + next[part])
    next[part] += count
    written[part] += count
    filled[part] = 0
  }
}
