import Basics
import Foundation

/// The values of each field that have a row of the embedding table.
///
/// In its file, `vocabulary.tsv`: a line that names the format, a line of the names of the columns, and a line for
/// each value: the field, the row within the field (from 1 on; row 0 is for every value that is not there), how often
/// the value was among the rows that were counted, and the value, in which a tab, a line break, a carriage return and
/// a backslash are written `\t`, `\n`, `\r` and `\\`. A number's value is its discrete one, `NULL` where there was
/// none.
public struct Vocabulary: Sendable {
  /// The values of a field.
  public struct Field: Sendable {
    /// The field's name.
    public let name: String
    /// The key of each value, the most frequent first.
    let keys: [UInt64]
    /// How often each value was there.
    public let counts: [UInt32]
    /// The texts of values whose key is a hash.
    let texts: [UInt64: [UInt8]]

    /// Rows of the table: one for each value, and one for all others.
    public var size: Int { keys.count + 1 }

    /// The value of a row within the field; nil for row 0.
    public func value(_ row: Int) -> String? {
      guard row > 0, row <= keys.count else { return nil }
      return String(decoding: text(keys[row - 1]), as: UTF8.self)
    }

    func text(_ key: UInt64) -> [UInt8] { FeatureKey.text(of: key) ?? texts[key] ?? [] }
  }

  /// The fields, in the order of the schema's features.
  public let fields: [Field]

  private static let title = "# direct-feedback vocabulary 1"
  private static let columns = "field\trow\tcount\tvalue"

  init(fields: [Field]) { self.fields = fields }

  /// The first row of each field in the table of all, and at last the rows of the table.
  var offsets: [Int] { fields.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.size) } }

  /// For each field, the row of a key.
  func tables() -> ValueTables {
    let tables = ValueTables(capacities: fields.map(\.keys.count))
    for (field, values) in fields.enumerated() {
      for (index, key) in values.keys.enumerated() {
        _ = tables.tables[field].add(UInt32(index + 1), to: key)
      }
    }
    return tables
  }

  /// Writes the file, which is there only once it is whole.
  /// - Returns: Its SHA-256.
  /// - Throws: `FileError`.
  func write(to url: URL) throws -> String {
    let temporary = url.appendingPathExtension("tmp")
    let file = try OutputFile(temporary)
    try file.truncate(to: 0)
    var lines = Data("\(Self.title)\n\(Self.columns)\n".utf8)
    for field in fields {
      let name = Self.escaped(Array(field.name.utf8))
      for (index, key) in field.keys.enumerated() {
        lines.append(contentsOf: name)
        lines.append(contentsOf: "\t\(index + 1)\t\(field.counts[index])\t".utf8)
        lines.append(contentsOf: Self.escaped(field.text(key)))
        lines.append(10)
        if lines.count > 1 << 20 {
          try file.append(lines)
          lines.removeAll(keepingCapacity: true)
        }
      }
    }
    try file.append(lines)
    try file.synchronize()
    let digest = try Digest.sha256(ofFileAt: temporary)
    guard rename(temporary.path, url.path) == 0 else {
      throw FileError.system(action: "replace", path: url.path, code: errno)
    }
    return digest
  }

  /// Reads the file.
  /// - Throws: ``PreparationError/damaged(path:reason:)`` where it is not what was written for these fields.
  init(contentsOf url: URL, schema: RowSchema) throws {
    let file = try RandomAccessFile(reading: url)
    let reader = try LineReader(file, 0..<file.byteCount)
    var number = 0
    func damaged(_ reason: String) -> PreparationError {
      .damaged(path: url.path, reason: "line \(number): \(reason)")
    }
    let features = schema.features
    var keys = [[UInt64]](repeating: [], count: features.count)
    var counts = [[UInt32]](repeating: [], count: features.count)
    var texts = [[UInt64: [UInt8]]](repeating: [:], count: features.count)
    let names = features.map { Self.escaped(Array($0.name.utf8)) }
    let isNumber = features.map { if case .number = $0.kind { true } else { false } }
    var field = 0
    while let line = try reader.next() {
      number += 1
      let bytes = UnsafeBufferPointer(start: line.start, count: line.count)
      if number <= 2 {
        guard bytes.elementsEqual((number == 1 ? Self.title : Self.columns).utf8) else {
          throw damaged("is no vocabulary that this version reads")
        }
        continue
      }
      let cells = bytes.split(separator: 9, maxSplits: 3, omittingEmptySubsequences: false)
      guard cells.count == 4 else { throw damaged("has \(cells.count) of 4 columns") }
      while field < features.count, !cells[0].elementsEqual(names[field]) { field += 1 }
      guard field < features.count else { throw damaged("is of a field that is not next in the schema") }
      guard Self.number(cells[1]) == keys[field].count + 1,
        let count = Self.number(cells[2]).flatMap(UInt32.init(exactly:)),
        let text = Self.unescaped(cells[3]), let key = FeatureKey.key(ofText: text, isNumber: isNumber[field])
      else { throw damaged("is not a row, a count and a value") }
      keys[field].append(key)
      counts[field].append(count)
      if FeatureKey.isHash(key) { texts[field][key] = text }
    }
    guard number >= 2 else { throw damaged("the file ends") }
    fields = features.indices.map { index in
      Field(name: features[index].name, keys: keys[index], counts: counts[index], texts: texts[index])
    }
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var number = 0
    for digit in digits {
      guard digit &- 48 < 10 else { return nil }
      number = number * 10 + Int(digit - 48)
    }
    return number
  }

  private static let escapes: [UInt8: UInt8] = [9: 116, 10: 110, 13: 114, 92: 92]

  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(where: { $0 == 92 || $0 < 14 && escapes[$0] != nil }) else { return text }
    return text.flatMap { byte in escapes[byte].map { [92, $0] } ?? [byte] }
  }

  private static func unescaped(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.contains(92) else { return Array(text) }
    var (result, isEscaped) = ([UInt8](), false)
    for byte in text {
      if isEscaped {
        guard let plain = escapes.first(where: { $0.value == byte })?.key else { return nil }
        result.append(plain)
        isEscaped = false
      } else if byte == 92 {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return isEscaped ? nil : result
  }
}

extension Vocabulary {
  /// Makes the vocabulary of counts.
  /// - Parameters:
  ///   - counted: What was counted.
  ///   - schema: The fields.
  ///   - minimumCount: How often a value has to be there, instead of what the schema says.
  ///   - threads: How many threads add up.
  ///   - memory: The bytes that its tables may have.
  /// - Throws: `FileError`, ``PreparationError/vocabularyTooLarge(values:bytes:allowed:)``.
  init(_ counted: CountedValues, schema: RowSchema, minimumCount: Int?, threads: Int, memory: Int) throws {
    let features = schema.features
    let kept = try counted.kept(
      minimumCounts: features.map { minimumCount ?? schema.minimumCount(of: $0) }, threads: threads)
    let total = kept.reduce(0) { $0 + $1.count }
    let hashed = kept.reduce(0) { $0 + $1.reduce(0) { $0 + (FeatureKey.isHash($1.key) ? 1 : 0) } }
    // What was kept, keys and counts, and a table of at most 46 bytes a value; texts in a dictionary.
    let byteCount = total * 74 + hashed * 160
    guard byteCount <= memory, total < 1 << 31 - kept.count else {
      throw PreparationError.vocabularyTooLarge(values: total, bytes: byteCount, allowed: memory)
    }
    var texts = [[UInt64: [UInt8]]](repeating: [:], count: features.count)
    for (field, values) in kept.enumerated() {
      for value in values where FeatureKey.isHash(value.key) { texts[field][value.key] = [] }
    }
    try counted.forEachText { text in
      if texts[text.field][text.key]?.isEmpty == true { texts[text.field][text.key] = Array(text.bytes) }
    }
    fields = features.indices.map { index in
      Field(
        name: features[index].name, keys: kept[index].map(\.key), counts: kept[index].map(\.count),
        texts: texts[index])
    }
  }
}
