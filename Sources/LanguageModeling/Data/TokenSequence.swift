import Basics
import Foundation
import Torch

/// Tokens in a file that is read where it lies: what batches do not need takes no memory.
public struct TokenSequence: Sendable {
  /// How many tokens there are.
  public let count: Int
  private let bytes: Data
  private let isWide: Bool
  private let vocabulary: Int
  private let path: String

  /// Opens a file.
  /// - Throws: `FileError` where it cannot be read, or is not as long as it should be.
  init(_ url: URL, count: Int, vocabulary: Int) throws {
    (self.count, self.vocabulary, path) = (count, vocabulary, url.path)
    isWide = Self.isWide(vocabulary: vocabulary)
    bytes = count > 0 ? try Data(contentsOf: url, options: .alwaysMapped) : Data()
    guard bytes.count == count * (isWide ? 4 : 2) else {
      throw FileError.damaged(
        path: url.path, reason: "holds \(bytes.count) bytes, which are not \(count) tokens")
    }
  }

  /// Whether numbers of tokens need more than 16 bits.
  static func isWide(vocabulary: Int) -> Bool { vocabulary > 1 << 16 }

  /// Stretches of tokens.
  ///
  /// **Shape** `[B, length]`, `int64`
  /// - Parameters:
  ///   - starts: Where each begins.
  ///   - length: How long each is.
  /// - Throws: `FileError` where the file holds a number that is no token.
  package func stretches(at starts: [Int], length: Int) throws -> Tensor {
    var isDamaged = false
    let numbers = [Int64](unsafeUninitializedCapacity: starts.count * length) { numbers, initialized in
      bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
        for start in starts {
          for place in start..<start + length {
            let number =
              isWide
              ? Int64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self)))
              : Int64(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * place, as: UInt16.self)))
            isDamaged = isDamaged || number >= vocabulary
            numbers.initializeElement(at: initialized, to: number)
            initialized += 1
          }
        }
      }
    }
    guard !isDamaged else {
      throw FileError.damaged(path: path, reason: "has a token that the vocabulary does not have")
    }
    return Tensor(numbers, shape: [starts.count, length])
  }
}
