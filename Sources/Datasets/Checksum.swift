import Crypto
import Foundation

/// Digests in lower-case hexadecimal digits: SHA-256, and MD5 where a source publishes nothing better.
package enum Checksum {
  /// The digest of `bytes`.
  package static func sha256(of bytes: [UInt8]) -> String {
    hexadecimal(SHA256.hash(data: bytes))
  }

  /// The digest of the file at `url`, read in pieces of 1 MiB.
  /// - Throws: ``DataError/unreadable(path:reason:)``.
  static func sha256(ofFileAt url: URL) throws(DataError) -> String { try digest(SHA256.self, of: url) }

  /// The MD5 digest of the file at `url`: it shows damage, but no forgery.
  /// - Throws: ``DataError/unreadable(path:reason:)``.
  static func md5(ofFileAt url: URL) throws(DataError) -> String { try digest(Insecure.MD5.self, of: url) }

  private static func digest<Hash: HashFunction>(_: Hash.Type, of url: URL) throws(DataError) -> String {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      var hash = Hash()
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        hash.update(data: piece)
      }
      return hexadecimal(hash.finalize())
    } catch {
      throw DataError.unreadable(path: url.path, reason: error.localizedDescription)
    }
  }

  private static func hexadecimal(_ digest: some Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
