import DirectFeedback
import Foundation

/// Random rows in the format of Criteo's `train.txt`: about one in four positive, 13 integers of which some are
/// missing or negative, and 26 categories of 8 hexadecimal digits, whose numbers of values are those of the Kaggle
/// file and whose frequencies fall as a power law's.
struct CriteoRows {
  /// How many values each category has in the Kaggle file.
  ///
  /// **Source** the counts in reczoo's Criteo_x4 and Meta's DLRM, to two digits.
  private static let valueCounts = [
    1_500, 580, 10_000_000, 2_200_000, 310, 24, 13_000, 630, 3, 93_000, 5_700, 8_400_000, 3_200, 27, 15_000,
    5_500_000, 10,
    5_700, 2_200, 4, 7_000_000, 18, 15, 290_000, 110, 140_000,
  ]

  private var state: UInt64

  init(seed: UInt64) { state = derivedSeed(seed, "criteo") }

  /// Writes rows to a file.
  /// - Throws: `FileError`.
  mutating func write(_ count: Int, to url: URL) throws {
    let file = try OutputFile(url)
    try file.truncate(to: 0)
    var bytes = [UInt8]()
    bytes.reserveCapacity(5 << 20)
    for _ in 0..<count {
      append(to: &bytes)
      if bytes.count > 4 << 20 {
        try file.append(Data(bytes))
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.append(Data(bytes))
  }

  private mutating func append(to bytes: inout [UInt8]) {
    let digits = StaticString("0123456789abcdef")
    bytes.append(next() >> 62 == 0 ? 49 : 48)
    for field in 0..<13 {
      bytes.append(9)
      let bits = next()
      if bits & 7 == 0 { continue }
      if field == 1, bits & 56 == 0 {
        bytes.append(contentsOf: [45, 49])
        continue
      }
      // Of a width that varies, as the logarithms of counts do.
      var number = (bits >> 32) >> (18 + (bits >> 8) % 14)
      let start = bytes.count
      repeat {
        bytes.append(48 + UInt8(number % 10))
        number /= 10
      } while number > 0
      bytes[start...].reverse()
    }
    for (field, values) in Self.valueCounts.enumerated() {
      bytes.append(9)
      let bits = next()
      if field > 20, bits & 3 == 0 { continue }
      // A power of a uniform number: few values are most of the rows.
      let uniform = Double(bits >> 11) * 0x1p-53
      let cubed = uniform * uniform * uniform
      let value = UInt64(cubed * uniform * Double(values))
      var hash = UInt32(truncatingIfNeeded: Self.mixed(value &+ UInt64(field) << 40) >> 32)
      digits.withUTF8Buffer { digits in
        for _ in 0..<8 {
          bytes.append(digits[Int(hash >> 28)])
          hash <<= 4
        }
      }
    }
    bytes.append(10)
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }
}
