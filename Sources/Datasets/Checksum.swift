import Crypto
import Foundation

/// SHA-256 digests as 64 lower-case hexadecimal digits.
package enum Checksum {
  /// The digest of `bytes`.
  package static func sha256(of bytes: [UInt8]) -> String {
    hexadecimal(SHA256.hash(data: bytes))
  }

  /// The digest of the file at `url`, read in pieces of 1 MiB.
  /// - Throws: ``DataError/unreadable(path:reason:)``.
  static func sha256(ofFileAt url: URL) throws(DataError) -> String {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      var hash = SHA256()
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        hash.update(data: piece)
      }
      return hexadecimal(hash.finalize())
    } catch {
      throw DataError.unreadable(path: url.path, reason: error.localizedDescription)
    }
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
