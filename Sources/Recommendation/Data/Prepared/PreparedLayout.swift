import Foundation

/// Where things are in `rows.bin`, the file of prepared rows. Numbers are little-endian.
///
/// | byte | what |
/// |---|---|
/// | 0 | `DFAROWS1` |
/// | 8 | F, the number of fields, 32 bits |
/// | 12 | 0, 32 bits |
/// | 16 | how many rows there are for training, validation and test, 64 bits each |
/// | 40 | where the labels begin, 64 bits |
/// | 48 | where the features begin, 64 bits |
/// | 56 | the length of the file, 64 bits |
/// | 64 | the digest of sources and settings, 64 hexadecimal digits |
/// | 128 | the first row of each field in the table of all, and at last the rows of that table: F + 1 numbers of 32 bits |
///
/// Labels are a byte each, 0 or 1; features F numbers of 32 bits for each row, rows of the table of all fields, so
/// that field `f` has `offsets[f] ..< offsets[f + 1]`, of which the first stands for values out of the vocabulary.
/// The training rows come first, then those of validation and test, each in the order of the sources. Labels and
/// features begin at multiples of 4,096.
struct PreparedLayout: Equatable {
  static let magic = Array("DFAROWS1".utf8)
  let rows: PartCounts
  let offsets: [Int]
  let digest: String

  var fieldCount: Int { offsets.count - 1 }
  var labels: Int { Self.aligned(128 + 4 * offsets.count) }
  var features: Int { Self.aligned(labels + rows.total) }
  var byteCount: Int { features + 4 * fieldCount * rows.total }

  private static func aligned(_ place: Int) -> Int { (place + 4_095) / 4_096 * 4_096 }

  /// The first bytes of the file.
  var header: [UInt8] {
    func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
      withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
    var header = Self.magic + bytes(UInt32(fieldCount)) + bytes(UInt32(0))
    for number in [rows.training, rows.validation, rows.test, labels, features, byteCount] {
      header += bytes(UInt64(number))
    }
    header += Array(digest.utf8.prefix(64))
    for offset in offsets { header += bytes(UInt32(offset)) }
    return header
  }

  init(rows: PartCounts, offsets: [Int], digest: String) {
    (self.rows, self.offsets, self.digest) = (rows, offsets, digest)
  }

  /// What a file's first bytes say; nil where they are no such header.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 128, bytes.prefix(8).elementsEqual(Self.magic) else { return nil }
    func number(_ place: Int) -> Int? {
      Int(exactly: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
    }
    let fieldCount = Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian)
    guard (1...RowSchema.maximumFieldCount).contains(fieldCount), bytes.count >= 128 + 4 * (fieldCount + 1),
      let training = number(16), let validation = number(24), let test = number(32),
      max(training, validation, test) < 1 << 48
    else { return nil }
    rows = PartCounts(training: training, validation: validation, test: test)
    offsets = (0...fieldCount).map {
      Int(bytes.loadUnaligned(fromByteOffset: 128 + 4 * $0, as: UInt32.self).littleEndian)
    }
    digest = String(decoding: bytes[64..<128], as: UTF8.self)
    guard number(40) == labels, number(48) == features, number(56) == byteCount, bytes.count == byteCount,
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
  }
}
