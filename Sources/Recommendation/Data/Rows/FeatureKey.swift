/// A value of a field as 64 bits, which tables of values compare at once.
///
/// Texts of up to 7 bytes, those of 8 ASCII bytes and discretized numbers are their own keys. A longer text is known
/// by 61 bits of a hash: among a million long values of a field two share a key with a probability of 2e-7, among a
/// hundred million 2e-3. No key has all bits set.
enum FeatureKey {
  private static let isLong: UInt64 = 1 << 63 | 1 << 55
  private static let isNumber: UInt64 = 1 << 63 | 1 << 55 | 1 << 54
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The key of a text. Eight bytes from `text` on must be readable, whatever its length.
  @inline(__always)
  static func text(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let first = UnsafeRawPointer(text).loadUnaligned(as: UInt64.self).littleEndian
    if count < 8 { return first & (1 << UInt64(8 * count) &- 1) | UInt64(count) << 56 }
    if count == 8, first & highBits == 0 { return first | 1 << 63 }
    return hash(text, count) & ~isNumber | isLong
  }

  /// The key of a number's discrete value.
  @inline(__always)
  static func number(_ value: Int32) -> UInt64 { isNumber | UInt64(UInt32(bitPattern: value)) }

  /// The key of a number that is not there.
  static let missingNumber = isNumber | 1 << 32

  /// Whether the key is a hash, so that the text is kept beside it.
  @inline(__always)
  static func isHash(_ key: UInt64) -> Bool { key & isNumber == isLong }

  /// The text that the key stands for; nil for a hash.
  static func text(of key: UInt64) -> [UInt8]? {
    if key == missingNumber { return Array("NULL".utf8) }
    if key & isNumber == isNumber {
      return Array(String(Int32(bitPattern: UInt32(truncatingIfNeeded: key))).utf8)
    }
    if isHash(key) { return nil }
    let count = key >> 63 == 1 ? 8 : Int(key >> 56)
    return (0..<count).map { UInt8(truncatingIfNeeded: (key & ~(1 << 63)) >> UInt64(8 * $0)) }
  }

  /// The key of a value as a vocabulary file has it; nil where it is no number and should be.
  static func key(ofText text: [UInt8], isNumber: Bool) -> UInt64? {
    guard isNumber else {
      return (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { padded in
        padded.baseAddress.map { Self.text($0, text.count) }
      }
    }
    let string = String(decoding: text, as: UTF8.self)
    return string == "NULL" ? missingNumber : Int32(string).map(number)
  }

  /// Bits for a place in a table.
  @inline(__always)
  static func mixed(_ key: UInt64) -> UInt64 {
    let product = (key ^ key >> 32) &* 0x9e37_79b9_7f4a_7c15
    return product ^ product >> 29
  }

  private static func hash(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var (hash, place) = (UInt64(count) &* 0xa076_1d64_78bd_642f, 0)
    let bytes = UnsafeRawPointer(text)
    while place + 8 <= count {
      hash = folded(
        hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian, 0xe703_7ed1_a0b4_28db
      )
      place += 8
    }
    var rest: UInt64 = 0
    for index in place..<count { rest = rest << 8 | UInt64(text[index]) }
    return folded(folded(hash ^ rest, 0x8ebc_6af0_9c88_c6e3), 0x5899_65cc_7537_4cc3)
  }

  @inline(__always)
  private static func folded(_ x: UInt64, _ y: UInt64) -> UInt64 {
    let (high, low) = (x ^ 0x1d8e_4e27_c47d_124f).multipliedFullWidth(by: y)
    return high ^ low
  }
}
