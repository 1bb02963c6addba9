import Foundation

/// The text of a value whose key is a hash, as files have it: field, length, key, bytes.
struct ValueText {
  let field: Int
  let key: UInt64
  let bytes: Data

  static func append(field: Int, key: UInt64, _ text: UnsafeBufferPointer<UInt8>, to data: inout Data) {
    withUnsafeBytes(of: (UInt32(field), UInt32(text.count), key)) { data.append(contentsOf: $0) }
    data.append(text)
  }

  /// The texts in bytes, one after the other.
  static func forEach(in data: Data, _ body: (ValueText) -> Void) {
    var rest = data[...]
    while rest.count >= 16 {
      let (field, count, key) = rest.withUnsafeBytes {
        (
          $0.loadUnaligned(as: UInt32.self), Int($0.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
          $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        )
      }
      rest = rest.dropFirst(16)
      body(ValueText(field: Int(field), key: key, bytes: rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
  }
}
