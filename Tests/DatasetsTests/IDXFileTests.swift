import Datasets
import TestConditions
import TestSupport
import Testing

@Suite struct IDXFileTests {
  private func read(_ bytes: [UInt8]) throws -> IDXFile {
    try IDXFile(DataFile(path: "x", bytes: bytes))
  }

  private func malformed(at offset: Int, _ reason: String) -> DataError {
    .malformed(path: "x", offset: offset, reason: reason)
  }

  @Test func readsDimensionsAndElements() throws {
    let matrix = try read([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255])
    #expect(matrix.dimensions == [2, 3])
    #expect(matrix.bytes == [1, 2, 3, 4, 5, 255])
    let empty = try read([0, 0, 8, 1, 0, 0, 0, 0])
    #expect(empty.dimensions == [0] && empty.bytes.isEmpty)
  }

  @Test func rejectsOtherFormats() {
    let notIDX = malformed(at: 0, "no IDX file: it does not begin with two zero bytes, a type and a rank")
    #expect(throws: notIDX) { try read([]) }
    #expect(throws: notIDX) { try read([0, 0, 8]) }
    #expect(throws: notIDX) { try read([0, 1, 8, 1, 0, 0, 0, 0]) }
    #expect(throws: malformed(at: 2, "IDX elements of type 13, only 8 (unsigned bytes) is supported")) {
      try read([0, 0, 13, 1, 0, 0, 0, 0])
    }
  }

  @Test func rejectsWrongLengths() {
    #expect(throws: malformed(at: 3, "the IDX header ends before its 2 dimensions")) {
      try read([0, 0, 8, 2, 0, 0, 0, 2])
    }
    #expect(throws: malformed(at: 3, "the IDX header ends before its 0 dimensions")) {
      try read([0, 0, 8, 0])
    }
    #expect(throws: malformed(at: 8, "2 elements where the dimensions [3] demand 3")) {
      try read([0, 0, 8, 1, 0, 0, 0, 3, 1, 2])
    }
    #expect(throws: malformed(at: 8, "4 elements where the dimensions [3] demand 3")) {
      try read([0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3, 4])
    }
    let huge = [0, 0, 8, 3] + [UInt8](repeating: 255, count: 12)
    #expect(
      throws: malformed(
        at: 16, "0 elements where the dimensions [4294967295, 4294967295, 4294967295] demand more than fit")
    ) { try read(huge) }
  }

  @Test func refusesEveryTruncationByName() {
    let whole: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2] + (1...12)
    for end in 0..<whole.count {
      #expect { try read(Array(whole.prefix(end))) } throws: { error in
        guard case DataError.malformed("x", let offset?, _) = error else { return false }
        return offset <= end
      }
    }
  }

  @Test func takesADamagedByteForAnErrorOrAnotherElement() throws {
    let whole: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2] + (1...12)
    for index in whole.indices {
      for mask: UInt8 in [1, 0x80, 0xff] {
        var bytes = whole
        bytes[index] ^= mask
        guard index >= 16 else {
          #expect(throws: DataError.self) { try read(bytes) }
          continue
        }
        #expect(try read(bytes).bytes == Array(bytes.dropFirst(16)))
      }
    }
  }

  @Test func refusesDamageUnderGzip() throws {
    // gzip of an IDX file of four elements, without compression.
    let idx: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 4, 9, 8, 7, 6]
    let whole: [UInt8] =
      [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1, 12, 0, 243, 255] + idx + Self.checksum(idx) + [12, 0, 0, 0]
    #expect(try read(whole).bytes == [9, 8, 7, 6])
    for end in 3..<whole.count {
      #expect { try read(Array(whole.prefix(end))) } throws: {
        "\($0)".contains("x: byte \(end): the gzip data is cut off")
      }
    }
    var other = whole
    other[25] ^= 1
    #expect { try read(other) } throws: { "\($0)".contains("incorrect data check") }
  }

  /// CRC-32 as gzip has it, least significant byte first.
  private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    let sum = ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return (0..<4).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
  }

  @Test(.needsData(DatasetCatalog.mnist)) func readsMNIST() throws {
    try expect(
      DatasetCatalog.mnist, sums: [1_567_298_545, 267_236, 264_923_200, 44_434],
      firstLabels: [5, 0, 4, 1, 9, 2, 1, 3, 1, 4], firstTestLabels: [7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
  }

  @Test(.needsData(DatasetCatalog.fashionMNIST)) func readsFashionMNIST() throws {
    try expect(
      DatasetCatalog.fashionMNIST, sums: [3_431_114_169, 270_000, 573_469_082, 45_000],
      firstLabels: [9, 0, 0, 3, 0, 2, 7, 2, 5, 5], firstTestLabels: [9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
  }

  /// Compares the four files with sums that Python computed.
  private func expect(
    _ dataset: Dataset, sums: [Int], firstLabels: [UInt8], firstTestLabels: [UInt8]
  ) throws {
    let names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"]
    let files = try names.map { try IDXFile(DatasetStore().read(dataset, "\($0)-ubyte.gz")) }
    #expect(files.map(\.dimensions) == [[60000, 28, 28], [60000], [10000, 28, 28], [10000]])
    #expect(files.map { sum($0.bytes) } == sums)
    #expect(files[1].bytes.prefix(10).elementsEqual(firstLabels))
    #expect(files[3].bytes.prefix(10).elementsEqual(firstTestLabels))
  }

  /// The sum, counted over raw memory because tests are not optimized.
  private func sum(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var sum = 0
      var index = 0
      while index < buffer.count {
        sum &+= Int(buffer[index])
        index &+= 1
      }
      return sum
    }
  }
}
