import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct GzipTests {
  /// 100 lines "line of text", compressed by gzip.
  private let compressed = [UInt8](
    Data(base64Encoded: "H4sIAAAAAAACA8vJzEtVyE9TKEmtKOHKGeWMckY5o5yRzQEANTI1kBQFAAA=") ?? Data())
  private let content = Array(String(repeating: "line of text\n", count: 100).utf8)

  private func inflate(_ bytes: some Sequence<UInt8>, limit: Int = 10_000) throws -> [UInt8] {
    try Gzip.inflate(DataFile(path: "x.gz", bytes: Array(bytes)), limit: limit)
  }

  private func malformed(at offset: Int, _ reason: String) -> DataError {
    .malformed(path: "x.gz", offset: offset, reason: reason)
  }

  @Test func inflates() throws {
    #expect(try inflate(compressed) == content)
    #expect(try inflate(compressed, limit: 1300) == content)
  }

  @Test func inflatesWhateverTheTrailerClaimsUntilItIsChecked() {
    let wrongLength = compressed.dropLast(4) + [1, 0, 0, 0]
    #expect(throws: malformed(at: 44, "the gzip data is corrupt (incorrect length check)")) {
      try inflate(wrongLength)
    }
  }

  @Test func respectsTheLimit() {
    for limit in [0, 1, 700, 1299] {
      #expect(throws: DataError.self) { try inflate(compressed, limit: limit) }
    }
    do {
      _ = try inflate(compressed, limit: 1299)
    } catch {
      #expect("\(error)".contains("the gzip data holds more than 1299 bytes"))
    }
  }

  @Test func rejectsEveryTruncation() {
    for count in 0..<compressed.count {
      #expect(throws: malformed(at: count, "the gzip data is cut off")) {
        try inflate(compressed.prefix(count))
      }
    }
  }

  @Test func rejectsCorruptContentAndChecksum() {
    var wrongChecksum = compressed
    wrongChecksum[compressed.count - 5] ^= 1
    #expect(throws: malformed(at: 40, "the gzip data is corrupt (incorrect data check)")) {
      try inflate(wrongChecksum)
    }
    #expect(throws: malformed(at: 2, "the gzip data is corrupt (incorrect header check)")) {
      try inflate("plain text".utf8)
    }
  }

  @Test func rejectsWhatFollowsTheEnd() {
    #expect(throws: malformed(at: 44, "something follows the end of the gzip data")) {
      try inflate(compressed + [0])
    }
  }

  @Test func recognizesItself() {
    #expect(Gzip.isCompressed(compressed))
    #expect(!Gzip.isCompressed(content) && !Gzip.isCompressed([]) && !Gzip.isCompressed([0x1f]))
  }

  private func inflateFile(_ bytes: some Sequence<UInt8>) throws -> [UInt8] {
    let scratch = try TemporaryFolder()
    let file = scratch.file("x.gz")
    try Data(bytes).write(to: file)
    var result = [UInt8]()
    try Gzip.inflate(fileAt: file) { result += $0 }
    return result
  }

  @Test func inflatesFilesPieceByPiece() throws {
    #expect(try inflateFile(compressed) == content)
    #expect(try inflateFile(compressed + compressed) == content + content)
  }

  @Test func refusesFilesThatAreCutOrCorrupt() {
    for wrong in [Array(compressed.dropLast()), Array(compressed.prefix(12)), [], compressed + [1, 2, 3]] {
      #expect(throws: DataError.self) { try inflateFile(wrong) }
    }
  }
}
