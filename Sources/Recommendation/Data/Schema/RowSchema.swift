import Basics
import Foundation
import Networks
import Yams

/// How raw rows are written: what separates their cells, and what each column is.
///
/// In YAML:
///
///     layout: comma
///     header: present
///     minimumCount: 10
///     fields:
///       - click: label
///       - age: number width(10)
///       - site: category minimum 5
///       - id: ignored
public struct RowSchema: Hashable, Sendable {
  /// What a line looks like.
  public enum Layout: String, NamedChoice {
    /// Cells separated by commas; a cell in double quotes may hold commas, and quotes written twice.
    case comma
    /// Cells separated by tabs, taken as they are.
    case tab
    /// `label index:1 index:1 ...`, one pair for each field, in the order of the fields.
    case libfm
  }

  /// Whether files begin with a line of names.
  public enum Header: String, NamedChoice {
    /// They do. Columns are found by their names, in any order; those that no field names are not read.
    case present
    /// They do not: columns are in the order of the fields.
    case absent
    /// Some do: a first line of just the names of the fields, in their order, is left out.
    case optional
  }

  /// What a line looks like.
  public var layout: Layout
  /// Whether files begin with a line of names.
  public var header: Header
  /// How often a value has to be among the rows that are counted to get a row of its own, unless its field says
  /// otherwise.
  public var minimumCount: Int
  /// The columns; in libFM files the features alone, without the label.
  public var fields: [FieldSchema]

  /// The most fields that rows can have.
  public static let maximumFieldCount = 1_000

  /// A schema.
  public init(_ layout: Layout, header: Header = .absent, minimumCount: Int = 1, fields: [FieldSchema]) {
    (self.layout, self.header, self.minimumCount, self.fields) = (layout, header, minimumCount, fields)
  }

  /// The fields that networks see, in their order.
  public var features: [FieldSchema] { fields.filter(\.kind.isFeature) }

  /// The minimum count of a field.
  func minimumCount(of field: FieldSchema) -> Int { field.minimumCount ?? minimumCount }

  /// Checks what the types do not.
  /// - Throws: ``PreparationError/schema(source:reason:)``.
  func checked(_ source: String) throws -> RowSchema {
    func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
      if !condition { throw PreparationError.schema(source: source, reason: reason()) }
    }
    let labels = fields.filter { if case .label = $0.kind { true } else { false } }
    try require(
      (1...1_000_000_000).contains(minimumCount),
      "minimumCount: must be from 1 to 1000000000, not \(minimumCount)")
    try require(
      (1...Self.maximumFieldCount).contains(features.count),
      "fields: must have from 1 to \(Self.maximumFieldCount) features, and has \(features.count)")
    try require(
      fields.allSatisfy { !$0.name.isEmpty && !$0.name.contains(where: { "\t\r\n".contains($0) }) },
      "fields: names must not be empty or contain tabs or line breaks")
    var seen = Set<String>()
    for field in fields {
      try require(seen.insert(field.name).inserted, "fields: '\(field.name)' is there twice")
    }
    guard layout == .libfm else {
      try require(labels.count == 1, "fields: one must be the label, and \(labels.count) are")
      return self
    }
    try require(header == .absent, "header: libFM files have none; write absent")
    try require(
      fields.allSatisfy { $0.kind == .category },
      "fields: those of libFM files are categories; their label comes first without a name")
    return self
  }
}

extension RowSchema: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case layout, header, minimumCount, fields }

  private struct AnyName: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads `layout` and `fields`, and where they are there `header` (else absent) and `minimumCount` (else 1).
  public init(from decoder: any Decoder) throws {
    let known = CodingKeys.allCases.map(\.rawValue)
    let all = try decoder.container(keyedBy: AnyName.self)
    if let unknown = all.allKeys.first(where: { !known.contains($0.stringValue) }) {
      throw DecodingError.dataCorruptedError(
        forKey: unknown, in: all, debugDescription: noneOf(known, unknown.stringValue))
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(Layout.self, forKey: .layout),
      header: try container.decodeIfPresent(Header.self, forKey: .header) ?? .absent,
      minimumCount: try container.decodeIfPresent(Int.self, forKey: .minimumCount) ?? 1,
      fields: try container.decode([FieldSchema].self, forKey: .fields))
  }
}

extension RowSchema {
  /// Reads a YAML file.
  /// - Throws: ``PreparationError/schema(source:reason:)`` with the key that is wrong.
  public init(contentsOf url: URL) throws {
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
      throw PreparationError.schema(
        source: url.path, reason: "cannot be read; give a file with layout and fields")
    }
    do {
      self = try YAMLDecoder().decode(RowSchema.self, from: text).checked(url.path)
    } catch let error as DecodingError {
      throw PreparationError.schema(source: url.path, reason: Self.readable(error))
    } catch let error as YamlError {
      throw PreparationError.schema(
        source: url.path, reason: "is not YAML: \(String(describing: error).prefix(200))")
    }
  }

  private static func readable(_ error: DecodingError) -> String {
    func path(_ keys: [any CodingKey]) -> String {
      keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, _): return "\(key.stringValue): is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      if let cause = context.underlyingError {
        return "is not YAML: \(String(describing: cause).prefix(200))"
      }
      let place = path(context.codingPath)
      return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
    @unknown default: return String(describing: error)
    }
  }
}
