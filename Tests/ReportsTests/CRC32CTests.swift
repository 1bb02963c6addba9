import Reports
import Testing

@Suite struct CRC32CTests {
  /// The check value of the algorithm, and vectors of RFC 3720, B.4.
  static let vectors: [(bytes: [UInt8], checksum: UInt32)] = [
    (Array("123456789".utf8), 0xE306_9283),
    ([], 0),
    ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
    ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
    (Array(0..<32), 0x46DD_794E),
  ]

  @Test(arguments: vectors) func isThatOfTheStandard(bytes: [UInt8], checksum: UInt32) {
    #expect(CRC32C.checksum(bytes) == checksum)
  }

  @Test func isMaskedAsTFRecordDoes() {
    #expect(CRC32C.masked([]) == 0xA282_EAD8)
    #expect(CRC32C.masked("123456789".utf8) == 0xC78A_B0E5)
  }
}
