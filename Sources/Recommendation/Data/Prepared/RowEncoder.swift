import Basics
import Foundation
import Torch

/// Reads raw rows as prepared ones are: by the same schema and vocabulary, line by line, as `dfa predict` does.
/// Values that are not in the vocabulary are counted.
///
/// Lines are like those that were prepared; for rows that were made of several files, like what was made of them, as
/// `prepared.json` has it under `schema`: for `frappe-log` and `movielens-100k` tab-separated cells below a header.
///
/// Not to be used by two threads at once.
public final class RowEncoder {
  /// Lines that were read together.
  public struct Rows: Sendable {
    /// The rows, in the order of their lines. Labels are 0 where lines have none.
    public let batch: FeatureBatch
    /// The number of each row's line, from 1 on.
    public let lines: [Int]
    /// The lines that give no row, and why.
    public let faults: [(line: Int, fault: LineFault)]
  }

  /// The fields, in the order of a row's features.
  public let fields: [PreparedSummary.Field]
  /// For each field, how many rows so far had a value out of the vocabulary.
  public private(set) var unseen: [Int]
  /// How many rows there were so far.
  public private(set) var rowCount = 0
  /// How many lines so far gave no row, by why.
  public private(set) var faultCounts: [LineFault: Int] = [:]

  private let schema: RowSchema
  private let tables: ValueTables
  private let hasLabels: Bool
  private let name: String
  private let reader: LineReader
  private var parser: RowParser?
  private var line = 0

  /// Reads rows from a stream.
  /// - Parameters:
  ///   - data: What the rows should be like.
  ///   - descriptor: Where lines come from, such as `STDIN_FILENO`.
  ///   - name: What messages call it.
  ///   - hasLabels: Whether lines have labels.
  /// - Throws: ``PreparationError/damaged(path:reason:)`` where the vocabulary is not what was written.
  public init(_ data: PreparedData, reading descriptor: Int32, named name: String, hasLabels: Bool) throws {
    schema = data.summary.schema
    fields = data.fields
    tables = try data.vocabulary().tables()
    unseen = [Int](repeating: 0, count: fields.count)
    (self.name, self.hasLabels) = (name, hasLabels)
    reader = LineReader(streaming: descriptor, named: name)
  }

  /// The next rows.
  /// - Parameter count: At most so many lines.
  /// - Returns: Nil at the end.
  /// - Throws: `FileError`, ``PreparationError/header(path:reason:)``.
  public func next(_ count: Int) throws -> Rows? {
    if parser == nil, try !begin() { return nil }
    guard let parser else { return nil }
    var (features, labels, lines) = ([Int64](), [Float](), [Int]())
    var faults: [(line: Int, fault: LineFault)] = []
    while lines.count + faults.count < count, let line = try pending() ?? reader.next() {
      self.line += 1
      if let fault = parser.parse(line) {
        faults.append((self.line, fault))
        faultCounts[fault, default: 0] += 1
        continue
      }
      for field in fields.indices {
        let row = tables.tables[field].number(of: parser.keys[field])
        if row == 0 { unseen[field] += 1 }
        features.append(Int64(fields[field].offset) + Int64(row))
      }
      labels.append(hasLabels && parser.isPositive ? 1 : 0)
      lines.append(self.line)
    }
    guard !lines.isEmpty || !faults.isEmpty else { return nil }
    rowCount += lines.count
    return Rows(
      batch: FeatureBatch(
        features: Tensor(features, shape: [lines.count, fields.count]), labels: Tensor(labels)),
      lines: lines, faults: faults)
  }

  /// The first line, where it is no header; its bytes are there until the next is read.
  private var first: LineReader.Line?

  private func pending() -> LineReader.Line? {
    defer { first = nil }
    return first
  }

  /// Reads the first line, which may be a header.
  /// - Returns: Whether there is one.
  private func begin() throws -> Bool {
    try reader.skipByteOrderMark()
    guard let line = try reader.next() else { return false }
    let cells =
      schema.header == .absent
      ? nil
      : RowParser.cells(
        of: line, separator: UInt8(ascii: schema.layout == .comma ? "," : "\t"),
        allowsQuotes: schema.layout == .comma)
    let names = schema.fields.filter { field in
      if case .label = field.kind { return hasLabels }
      return true
    }.map(\.name)
    switch schema.header {
    case .present:
      guard let cells else { throw PreparationError.header(path: name, reason: "is not a line of names") }
      parser = RowParser(try RowColumns(schema, names: cells, source: name, labels: hasLabels))
      self.line = 1
    case .optional where cells == names:
      parser = RowParser(try RowColumns(schema, source: name, labels: hasLabels))
      self.line = 1
    case .optional, .absent:
      parser = RowParser(try RowColumns(schema, source: name, labels: hasLabels))
      first = line
    }
    return true
  }
}
