/// How long a part of a text is.
public struct TextCounts: Codable, Equatable, Sendable {
  /// Tokens.
  public var tokens = 0
  /// What is between spaces, and ends of lines, as WikiText counts them.
  public var words = 0
  /// Characters, as code points of Unicode.
  public var characters = 0

  /// Nothing.
  public init() {}

  /// Adds what a part of a text is made of, its tokens apart.
  mutating func add(_ bytes: some Collection<UInt8>, after previous: inout UInt8) {
    for byte in bytes {
      if byte & 0xC0 != 0x80 { characters += 1 }
      if byte == UInt8(ascii: "\n") { words += 1 }
      if !Self.isSpace(byte), Self.isSpace(previous) { words += 1 }
      previous = byte
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}
