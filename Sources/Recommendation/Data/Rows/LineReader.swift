import Basics
import Foundation

/// Reads a file, or a part of it, or a stream, line by line, in a buffer of a fixed size.
///
/// A line belongs to the part in which its first byte is, so that parts have every line once.
final class LineReader {
  /// A line without its line break. Its bytes are there until the next line is read; eight more after them can be read.
  struct Line {
    let start: UnsafePointer<UInt8>
    let count: Int
    /// Whether a line break follows.
    let isTerminated: Bool
    /// Whether it did not fit into the buffer; then `count` is 0.
    let isTooLong: Bool
  }

  /// The length of the longest line that is read, in bytes.
  static let capacity = 4 << 20

  private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + 64)
  private let source: (_ into: UnsafeMutableRawPointer, _ count: Int, _ offset: Int) throws -> Int
  private let end: Int
  /// Where in the file the buffer begins.
  private var offset: Int
  private var place = 0
  private var filled = 0
  private var isAtEnd = false

  /// Reads the lines that begin in a part of a file.
  /// - Parameters:
  ///   - file: The file.
  ///   - range: The part, in bytes.
  /// - Throws: `FileError`.
  init(_ file: RandomAccessFile, _ range: Range<Int>) throws {
    source = { try file.read(into: $0, count: $1, at: $2) }
    end = range.upperBound
    offset = range.lowerBound
    buffer.initialize(repeating: 0, count: Self.capacity + 64)
    guard range.lowerBound > 0 else { return }
    // The byte before tells whether a line begins right here.
    offset -= 1
    try skipLine()
  }

  /// Reads a stream, such as standard input, to its end.
  init(streaming descriptor: Int32, named name: String) {
    source = { bytes, count, _ in
      while true {
        let read = Foundation.read(descriptor, bytes, count)
        if read >= 0 { return read }
        if errno != EINTR { throw FileError.system(action: "read", path: name, code: errno) }
      }
    }
    (end, offset) = (.max, 0)
    buffer.initialize(repeating: 0, count: Self.capacity + 64)
  }

  deinit { buffer.deallocate() }

  /// Leaves out a byte order mark where the next bytes are one.
  func skipByteOrderMark() throws {
    while filled - place < 3, !isAtEnd { try refill() }
    if filled - place >= 3, buffer[place] == 0xef, buffer[place + 1] == 0xbb, buffer[place + 2] == 0xbf {
      place += 3
    }
  }

  /// The next line; nil after the last.
  /// - Throws: `FileError`.
  func next() throws -> Line? {
    guard offset + place < end else { return nil }
    var searched = 0
    while true {
      if let newline = newline(from: place + searched) {
        defer { place = newline + 1 }
        return Line(
          start: UnsafePointer(buffer + place), count: newline - place, isTerminated: true, isTooLong: false)
      }
      searched = filled - place
      if isAtEnd {
        guard searched > 0 else { return nil }
        defer { place = filled }
        return Line(
          start: UnsafePointer(buffer + place), count: searched, isTerminated: false, isTooLong: false)
      }
      guard searched < Self.capacity else {
        try skipLine()
        return Line(start: UnsafePointer(buffer), count: 0, isTerminated: true, isTooLong: true)
      }
      try refill()
    }
  }

  /// Goes on behind the next line break, or to the end.
  private func skipLine() throws {
    while true {
      if let newline = newline(from: place) {
        place = newline + 1
        return
      }
      place = filled
      if isAtEnd { return }
      try refill()
    }
  }

  @inline(__always)
  private func newline(from start: Int) -> Int? {
    guard start < filled, let found = memchr(buffer + start, 10, filled - start) else { return nil }
    return UnsafeMutableRawPointer(buffer).distance(to: found)
  }

  /// Reads on behind what is not used yet, which goes to the front.
  private func refill() throws {
    let rest = filled - place
    if place > 0 {
      memmove(buffer, buffer + place, rest)
      (offset, place, filled) = (offset + place, 0, rest)
    }
    let count = try source(buffer + filled, Self.capacity - filled, offset + filled)
    if count == 0 { isAtEnd = true }
    filled += count
  }
}
