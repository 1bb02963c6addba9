import Basics
import Foundation

/// Writes tokens one after the other into a file, which is there when it is whole.
final class TokenWriter {
  private let url, temporary: URL
  private let file: OutputFile
  private let isWide: Bool
  private var buffer = Data()
  private var count = 0

  /// - Throws: `FileError`.
  init(_ url: URL, vocabulary: Int) throws {
    self.url = url
    isWide = TokenSequence.isWide(vocabulary: vocabulary)
    temporary = AtomicFile.temporary(beside: url)
    file = try OutputFile(temporary, exclusively: true)
  }

  /// Writes tokens.
  /// - Throws: `FileError`, for example on a full disk.
  func append(_ tokens: some Sequence<Int>) throws {
    for token in tokens {
      if isWide {
        withUnsafeBytes(of: UInt32(token).littleEndian) { buffer.append(contentsOf: $0) }
      } else {
        withUnsafeBytes(of: UInt16(token).littleEndian) { buffer.append(contentsOf: $0) }
      }
      count += 1
    }
    if buffer.count >= 1 << 20 { try flush() }
  }

  /// Puts the file in its place.
  /// - Returns: How many tokens it holds.
  /// - Throws: `FileError`.
  func finish() throws -> Int {
    try flush()
    try file.synchronize()
    try AtomicFile.replace(url, by: temporary)
    return count
  }

  private func flush() throws {
    do { try file.append(buffer) } catch {
      unlink(temporary.path)
      throw error
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
