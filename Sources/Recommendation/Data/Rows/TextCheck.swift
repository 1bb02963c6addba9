import Foundation

/// Refuses files that are no text, which would give nothing but faults.
enum TextCheck {
  /// - Parameter isGzip: Whether the file must be compressed by gzip, as its name says.
  /// - Throws: ``PreparationError/notText(path:kind:remedy:)``, `FileError`.
  static func check(_ url: URL, isGzip: Bool) throws {
    var start = [UInt8](repeating: 0, count: 8)
    let file = try RandomAccessFile(reading: url)
    let count = try start.withUnsafeMutableBytes { bytes in
      try bytes.baseAddress.map { try file.read(into: $0, count: 8, at: 0) } ?? 0
    }
    let first = start.prefix(count)
    let kinds: [(String, [UInt8], String)] = [
      ("compressed by gzip", [0x1f, 0x8b], "give it a name that ends in .gz, or decompress it"),
      ("a zip archive", [0x50, 0x4b, 3, 4], "unpack it"),
      ("compressed by zstd", [0x28, 0xb5, 0x2f, 0xfd], "decompress it"),
      ("compressed by bzip2", Array("BZh".utf8), "decompress it"),
      ("compressed by xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a], "decompress it"),
      ("UTF-16", [0xff, 0xfe], "convert it to UTF-8"), ("UTF-16", [0xfe, 0xff], "convert it to UTF-8"),
    ]
    let kind = kinds.first { first.starts(with: $0.1) }
    if isGzip {
      guard kind?.1 == [0x1f, 0x8b] else {
        throw PreparationError.notText(
          path: url.path, kind: "not compressed by gzip, as its name says",
          remedy: "rename it, or compress it")
      }
    } else if let kind {
      throw PreparationError.notText(path: url.path, kind: kind.0, remedy: kind.2)
    }
  }
}
