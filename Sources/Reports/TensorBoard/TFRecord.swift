import Foundation

/// The framing of TensorFlow's record files: length, its check, data, its check, numbers little-endian.
package enum TFRecord {
  /// The record that holds `payload`.
  package static func encode(_ payload: Data) -> Data {
    let length = bytes(UInt64(payload.count))
    return length + bytes(CRC32C.masked(length)) + payload + bytes(CRC32C.masked(payload))
  }

  private static func bytes(_ value: some FixedWidthInteger) -> Data {
    withUnsafeBytes(of: value.littleEndian) { Data($0) }
  }
}
