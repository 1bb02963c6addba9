import CZlib
import Foundation

/// Files of NumPy made for tests.
package enum NumPyFiles {
  /// An array: its type as NumPy writes it, its shape and its elements.
  package struct Array {
    let bytes: [UInt8]

    /// An array of any type.
    package init(_ type: String, _ shape: [Int], _ elements: [UInt8], columnsFirst: Bool = false) {
      let sizes = shape.map { "\($0)," }.joined(separator: " ")
      var header =
        "{'descr': '\(type)', 'fortran_order': \(columnsFirst ? "True" : "False"), 'shape': (\(sizes)), }"
      header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
      let count = UInt16(header.utf8.count)
      bytes =
        [0x93] + Swift.Array("NUMPY".utf8) + [1, 0, UInt8(count & 0xff), UInt8(count >> 8)]
        + Swift.Array(header.utf8) + elements
    }

    /// An array of whole numbers of 64 bits.
    package init(_ values: [Int], _ shape: [Int]? = nil) {
      self.init("<i8", shape ?? [values.count], values.withUnsafeBytes(Swift.Array.init))
    }

    /// An array of numbers in single precision.
    package init(_ values: [Float], _ shape: [Int]? = nil) {
      self.init("<f4", shape ?? [values.count], values.withUnsafeBytes(Swift.Array.init))
    }

    /// An array of bytes.
    package init(_ values: [UInt8], _ shape: [Int]? = nil) {
      self.init("|u1", shape ?? [values.count], values)
    }

    /// An array of booleans.
    package init(_ values: [Bool], _ shape: [Int]? = nil) {
      self.init("|b1", shape ?? [values.count], values.map { $0 ? 1 : 0 })
    }
  }

  /// The content of an `.npz` file, its arrays in the order of their names, not compressed.
  package static func archive(_ arrays: [String: Array]) -> [UInt8] {
    archive(entries: arrays.sorted { $0.key < $1.key }.map { ($0.key + ".npy", $0.value.bytes) })
  }

  /// The content of a zip file whose entries are stored.
  /// - Parameter lie: Changes what the directory says of an entry: its method, compressed length and length.
  package static func archive(
    entries: [(name: String, content: [UInt8])],
    lie: ((inout (method: Int, compressed: Int, count: Int)) -> Void)? = nil
  ) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in entries {
      var sizes = (method: 0, compressed: content.count, count: content.count)
      lie?(&sizes)
      let checksum = Int(crc32(0, content, UInt32(content.count)))
      let common =
        number(20, 2) + number(0, 2) + number(sizes.method, 2) + number(0, 4) + number(checksum, 4)
        + number(sizes.compressed, 4) + number(sizes.count, 4) + number(name.utf8.count, 2) + number(0, 2)
      directory +=
        number(0x0201_4b50, 4) + number(20, 2) + common + number(0, 10) + number(file.count, 4)
        + Swift.Array(name.utf8)
      file += number(0x0403_4b50, 4) + common + Swift.Array(name.utf8) + content
    }
    return file + directory + number(0x0605_4b50, 4) + number(0, 4) + number(entries.count, 2)
      + number(entries.count, 2) + number(directory.count, 4) + number(file.count, 4) + number(0, 2)
  }

  private static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
