import Foundation
import Testing
import Torch

/// A header, and how many bytes of elements follow it.
struct Lie: Sendable, CustomStringConvertible {
  let description: String
  let header: String
  let elements: Int

  init(_ description: String, _ header: String, _ elements: Int) {
    self.description = description
    self.header = header
    self.elements = elements
  }
}

@Suite("Malformed safetensors files") struct SafeTensorsMalformedTests {
  /// A file with this header, padded to 8 bytes, and so many bytes of elements.
  static func file(_ header: String, elements: Int) -> Data {
    var header = Data(header.utf8)
    header.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header
      + Data(repeating: 0, count: elements)
  }

  private static func item(
    _ name: String, _ start: Int, _ end: Int, type: String = "F32", shape: String = "[2]"
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
  }

  static let lies: [Lie] = [
    Lie("overlap", "{\(item("a", 0, 8)),\(item("b", 4, 12))}", 12),
    Lie("twice the same place", "{\(item("a", 0, 8)),\(item("b", 0, 8))}", 8),
    Lie("a gap", "{\(item("a", 0, 8)),\(item("b", 12, 20))}", 20),
    Lie("a gap at the start", "{\(item("a", 4, 12))}", 12),
    Lie("bytes too many", "{\(item("a", 0, 8))}", 9),
    Lie("bytes too few", "{\(item("a", 0, 8))}", 7),
    Lie("an end before the start", "{\(item("a", 8, 0))}", 8),
    Lie("a negative start", "{\(item("a", -8, 0))}", 8),
    Lie("a negative end", "{\(item("a", 0, -8))}", 8),
    Lie("a negative size", "{\(item("a", 0, 8, shape: "[-2]"))}", 8),
    Lie("two negative sizes", "{\(item("a", 0, 8, shape: "[-2,-1]"))}", 8),
    Lie("a shape that overflows", "{\(item("a", 0, 8, shape: "[4611686018427387904,2]"))}", 8),
    Lie(
      "a shape that overflows to zero",
      "{\(item("a", 0, 0, shape: "[9223372036854775807,4,4611686018427387904]"))}", 0),
    Lie(
      "sizes that overflow beside a zero",
      "{\(item("a", 0, 0, shape: "[0,9223372036854775807,9223372036854775807]"))}", 0),
    Lie("the largest shape", "{\(item("a", 0, .max, type: "U8", shape: "[9223372036854775807]"))}", 8),
    Lie("the largest end after another tensor", "{\(item("a", 0, 8)),\(item("b", 8, .max))}", 4),
    Lie("a number beyond 64 bits", "{\(item("a", 0, 8, shape: "[99999999999999999999]"))}", 8),
    Lie("a shape other than the place", "{\(item("a", 0, 8, shape: "[3]"))}", 8),
    Lie("a fraction", "{\(item("a", 0, 8, shape: "[0.5]"))}", 8),
    Lie("an unknown type", "{\(item("a", 0, 8, type: "F8_E5M2", shape: "[8]"))}", 8),
    Lie("an empty type", "{\(item("a", 0, 8, type: ""))}", 8),
    Lie("one offset", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}", 8),
    Lie("three offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}", 8),
    Lie("no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8),
    Lie("an entry that is text", "{\"a\":{\"b\":\"c\"}}", 0),
    Lie("an empty entry", "{\"a\":{}}", 0),
    Lie("metadata that is a tensor", "{\(item("__metadata__", 0, 8))}", 8),
    Lie("metadata that is no text", "{\"__metadata__\":{\"a\":1}}", 0),
    Lie("a list", "[]", 0),
    Lie("null", "null", 0),
    Lie("an open brace", "{", 0),
    Lie("nothing", "", 0),
    Lie("deep nesting", String(repeating: "[", count: 100_000), 0),
  ]

  @Test("A header that lies is refused", arguments: lies) func lie(_ lie: Lie) {
    #expect(throws: SafeTensorsError.self) { try SafeTensors(Self.file(lie.header, elements: lie.elements)) }
  }

  @Test("A bool other than 0 and 1 is refused") func bools() {
    var data = SafeTensors(tensors: ["x": Tensor([true, false])]).data()
    data[data.count - 1] = 2
    #expect(throws: SafeTensorsError.self) { try SafeTensors(data) }
  }

  @Test(
    "A header of a size beyond all reason is refused before it is read", arguments: [.max, 1 << 63, 1 << 40])
  func hugeHeader(_ length: UInt64) {
    let data = withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data("{}".utf8)
    #expect(throws: SafeTensorsError.self) { try SafeTensors(data) }
  }

  @Test("A file that ends anywhere early is refused, with the bytes it has and should have") func truncation()
    throws
  {
    let data = SafeTensors(tensors: SafeTensorsTests.everyType, metadata: ["a": "b"]).data()
    for count in 0..<data.count {
      #expect(throws: SafeTensorsError.self, "at \(count)") { try SafeTensors(data.prefix(count)) }
    }
    let error = try #require(throws: SafeTensorsError.self) { try SafeTensors(data.prefix(data.count - 1)) }
    #expect(error.description == "ends after \(data.count - 1) of \(data.count) bytes")
  }

  @Test("2000 random bit flips give a value or an error, never a trap") func bitFlips() {
    let data = SafeTensors(tensors: SafeTensorsTests.everyType, metadata: ["a": "b"]).data()
    let places = RandomGenerator(seed: 1).uniform(
      [2000, 3], from: 0, to: Double(data.count * 8), dtype: .float64
    )
    .floor().to(.int64).scalars(Int.self)
    var errors = 0
    for trial in 0..<2000 {
      var flipped = data
      for place in places[trial * 3..<trial * 3 + 1 + trial % 3] { flipped[place / 8] ^= 1 << (place % 8) }
      do {
        for tensor in try SafeTensors(flipped).tensors.values { _ = tensor.byteCount }
      } catch is SafeTensorsError {
        errors += 1
      } catch {
        Issue.record("\(error)")
      }
    }
    #expect(errors > 500)
  }
}
