import Datasets
import Foundation
import TestSupport
import Testing

@Suite("Arrays of NumPy") struct NumPyArchiveTests {
  private let compressed = [UInt8](Data(base64Encoded: NumPyGolden.compressed) ?? Data())

  private func open(_ bytes: some Sequence<UInt8>) throws -> NumPyArchive {
    try NumPyArchive(DataFile(path: "a.npz", bytes: Array(bytes)))
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("What NumPy wrote is read: compressed, columns first, of half precision, booleans, a scalar")
  func golden() throws {
    let file = try open(compressed)
    #expect(file.names == ["x", "f", "h", "m", "s"])
    let x = try file.array("x", "")
    #expect(x.shape == [2, 3] && x.element == .float32 && x.floats() == [0, 1, 2, 3, 4, 5])
    let f = try file.array("f", "")
    #expect(try f.shape == [2, 3] && f.integers() == [0, 1, 2, 3, 4, 5])
    #expect(f.floats() == [0, 1, 2, 3, 4, 5])
    let half = try file.array("h", "").floats()
    #expect(half[..<3] == [0.5, -2, 65_504] && half[3] == 0x1p-24)
    #expect(try file.array("m", "").integers() == [1, 0])
    let s = try file.array("s", "")
    #expect(try s.shape == [] && s.integers() == [3])
    #expect(try file.array("y") == nil)
  }

  @Test("Elements of three dimensions with columns first are put into rows")
  func columnsFirst() throws {
    // Element [i, j, k] of shape [2, 3, 2] is 100 i + 10 j + k.
    var bytes: [UInt8] = []
    for k: UInt8 in 0..<2 {
      for j: UInt8 in 0..<3 { bytes += [10 * j + k, 100 + 10 * j + k] }
    }
    let file = try open(NumPyFiles.archive(["a": .init("|u1", [2, 3, 2], bytes, columnsFirst: true)]))
    #expect(
      try file.array("a", "").integers() == [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121])
  }

  @Test(
    "What is no plain array of numbers is refused by name, with what to do",
    arguments: [
      (
        "o",
        "a.npz: the array \"o\" holds Python objects, a pickle, which is never loaded; save plain numbers"
      ),
      ("e", "the array \"e\" is big-endian (>i4); save it as \"<i4\""),
      ("t", "elements of type <U2, where numbers or booleans are read"),
      ("r", "elements of type record"), ("c", "elements of type <c16"),
    ])
  func refused(_ name: String, _ expected: String) throws {
    let file = try open(Data(base64Encoded: NumPyGolden.refused) ?? Data())
    #expect(message { _ = try file.array(name) }.contains(expected))
  }

  @Test("A file that is cut off anywhere is refused") func truncated() {
    for count in 0..<compressed.count {
      #expect(message { _ = try open(compressed.prefix(count)) }.contains("a.npz: "))
    }
  }

  @Test("A changed byte gives an error or what was there, and nothing worse") func changed() throws {
    var errors = 0
    for place in compressed.indices {
      for bit in [0, 3, 7] {
        var bytes = compressed
        bytes[place] ^= 1 << bit
        do {
          let file = try open(bytes)
          for name in file.names { _ = try file.array(name)?.floats() }
        } catch {
          #expect(error is DataError)
          errors += 1
        }
      }
    }
    // Of times, versions and such nothing depends.
    #expect(errors > compressed.count)
  }

  @Test("Sizes that a file only claims ask for no memory") func bombs() {
    let entry = [("x.npy", [UInt8](repeating: 0, count: 100))]
    #expect(
      message {
        _ = try open(NumPyFiles.archive(entries: entry) { ($0.method, $0.count) = (8, 4_000_000_000) }).array(
          "x")
      }.contains("claims more bytes (4000000000) than its 100 compressed ones can hold"))
    #expect(
      message { _ = try open(NumPyFiles.archive(entries: entry) { $0.count = 101 }).array("x") }
        .contains("is stored in another length"))
    #expect(
      message { _ = try open(NumPyFiles.archive(entries: entry) { $0.method = 9 }).array("x") }
        .contains("compressed by method 9"))
    #expect(
      message { _ = try open(NumPyFiles.archive(entries: entry) { $0.compressed = 5_000 }) }
        .contains("longer than the file"))
    let huge = NumPyFiles.archive(["x": .init("<f8", [1 << 40, 1 << 40], [])])
    #expect(
      message { _ = try open(huge).array("x") }
        .contains(
          "has 0 bytes, where its shape [1099511627776, 1099511627776] of f8 needs more than there can be"))
    let short = NumPyFiles.archive(["x": .init("<f8", [1_000_000], [])])
    #expect(message { _ = try open(short).array("x") }.contains("of f8 needs 8000000"))
  }

  @Test("Other files, arrays that are not there and fractions are refused") func others() throws {
    #expect(
      message { _ = try open("a,b\n".utf8) }
        == "a.npz: is not an .npz file: it does not begin as one; write it by numpy.savez")
    #expect(
      message { _ = try open(compressed).array("edges", "the edges") }
        == "a.npz: has no array \"edges\" (it has x, f, h, m, s); add the edges")
    #expect(
      message { _ = try open(compressed).array("x", "").integers() }
        == "a.npz: the array \"x\" has numbers of type f4, where whole numbers must be; save it as int64")
    let text = NumPyFiles.archive(entries: [("x.npy", Array("x".utf8))])
    #expect(message { _ = try open(text).array("x") }.contains("is not of NumPy's format"))
  }
}
