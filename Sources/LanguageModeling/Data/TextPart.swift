import Datasets
import Foundation
import Training

/// A stretch of a text file, read where it lies: the file is mapped, so that it takes no memory of its own.
public struct TextPart: Sendable {
  /// The file.
  public let url: URL
  /// The bytes of the file that belong to the part.
  package let range: Range<Int>
  private let bytes: Data

  /// A whole file.
  /// - Throws: `DataError` where it cannot be read or is empty.
  public init(_ url: URL) throws {
    do { bytes = try Data(contentsOf: url, options: .alwaysMapped) } catch {
      throw DataError.file(.unreadable(path: url.path, reason: error.localizedDescription))
    }
    guard !bytes.isEmpty else {
      throw DataError.unusable(
        path: url.path, reason: "is empty", remedy: "give a file with the text to learn from")
    }
    self.url = url
    range = 0..<bytes.count
  }

  private init(_ whole: TextPart, _ range: Range<Int>) {
    (url, bytes, self.range) = (whole.url, whole.bytes, range)
  }

  /// A part of this one.
  /// - Throws: `DataError` where nothing is left for it.
  func part(_ range: Range<Int>, for split: Split) throws -> TextPart {
    guard !range.isEmpty else {
      throw DataError.unusable(
        path: url.path, reason: "is too short: its \(bytes.count) bytes leave nothing for \(split.rawValue)",
        remedy: "give a longer text, or a folder with a file for each part")
    }
    return TextPart(self, range)
  }

  /// The first place at or after a share of the bytes at which a character begins.
  func boundary(at share: Double) -> Int {
    var place = Int(share * Double(bytes.count))
    while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
    return place
  }

  /// Gives the lines, each with its end, one after the other.
  /// - Throws: `DataError.unusable` with the place of the first byte that is not UTF-8, and what `body` throws.
  func forEachLine(_ body: (String) throws -> Void) throws {
    try bytes.withUnsafeBytes { (all: UnsafeRawBufferPointer) in
      var start = range.lowerBound
      while start < range.upperBound {
        let end = all[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
        let line = all[start..<(end ?? range.upperBound)]
        guard let text = String(validating: line, as: UTF8.self) else {
          throw DataError.unusable(
            path: url.path, reason: "byte \(start + Self.firstInvalid(line)): is not UTF-8",
            remedy: "convert the text, for example by \"iconv -f LATIN1 -t UTF-8\", or set tokens=bytes")
        }
        try body(text)
        start = line.endIndex
      }
    }
  }

  /// Gives the bytes in pieces.
  func forEachPiece(_ body: (UnsafeRawBufferPointer.SubSequence) throws -> Void) rethrows {
    try bytes.withUnsafeBytes { (all: UnsafeRawBufferPointer) in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
        try body(all[start..<min(start + 1 << 20, range.upperBound)])
      }
    }
  }

  /// How many bytes of a line are valid before the first that is not.
  private static func firstInvalid(_ line: UnsafeRawBufferPointer.SubSequence) -> Int {
    var iterator = line.makeIterator()
    var decoder = UTF8()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
    return valid
  }
}
