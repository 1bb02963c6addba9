import Basics
import Networks

/// A column of raw rows: its name and what it is. In files `name: kind`, such as `hour: category`, with `minimum N`
/// after the kind where the field has a minimum count of its own.
public struct FieldSchema: Hashable, Sendable {
  /// The name; in files with a header, that of the column.
  public let name: String
  /// What the column is.
  public let kind: FieldKind
  /// How often a value has to be there to get a row of its own; that of the ``RowSchema`` when nil.
  public let minimumCount: Int?

  /// A column.
  public init(_ name: String, _ kind: FieldKind, minimumCount: Int? = nil) {
    self.name = name
    self.kind = kind
    self.minimumCount = minimumCount
  }

  private init?(_ name: String, text: String) {
    let words = text.split(separator: " ").map(String.init)
    var (kind, minimum) = (words, Int?.none)
    if words.count > 2, words[words.count - 2] == "minimum" {
      guard let count = Int(words[words.count - 1]), count > 0 else { return nil }
      (kind, minimum) = (words.dropLast(2), count)
    }
    guard let parsed = FieldKind(kind.joined(separator: " ")) else { return nil }
    self.init(name, parsed, minimumCount: minimum)
  }
}

extension FieldSchema: Codable {
  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads a table of one key.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    guard container.allKeys.count == 1, let key = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "must be one NAME: KIND"))
    }
    let text = try container.decode(String.self, forKey: key)
    guard let field = FieldSchema(key.stringValue, text: text) else {
      let nearest = nearest(
        to: text, among: ["label", "category", "hexadecimal", "number logSquare", "ignored"])
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container,
        debugDescription:
          "'\(text)' is not one of \(FieldKind.names), with 'minimum N' after it or not"
          + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
    }
    self = field
  }

  /// Writes a table of one key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encode(
      kind.description + (minimumCount.map { " minimum \($0)" } ?? ""), forKey: Name(stringValue: name))
  }
}
