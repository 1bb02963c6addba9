import CCrypto
import Foundation

/// Digests in lower-case hexadecimal digits: SHA-256, and MD5 where a source publishes nothing better.
package enum Digest {
  /// The digest of `bytes`.
  package static func sha256(of bytes: [UInt8]) -> String {
    let digest = RunningDigest(EVP_sha256())
    bytes.withUnsafeBytes(digest.update)
    return digest.hexadecimal
  }

  /// The digest of pieces one after another, as if they were one.
  package static func sha256(ofPieces pieces: [Data]) -> String {
    let digest = RunningDigest(EVP_sha256())
    for piece in pieces { piece.withUnsafeBytes(digest.update) }
    return digest.hexadecimal
  }

  /// The digest of pieces that a function gives until there are no more.
  /// - Throws: What `next` throws.
  package static func sha256(next: () throws -> Data?) rethrows -> String {
    let digest = RunningDigest(EVP_sha256())
    while let piece = try next() { piece.withUnsafeBytes(digest.update) }
    return digest.hexadecimal
  }

  /// The digest of the file at `url`, read in pieces of 1 MiB.
  /// - Throws: ``FileError/unreadable(path:reason:)``.
  package static func sha256(ofFileAt url: URL) throws(FileError) -> String {
    try digest(EVP_sha256(), of: url)
  }

  /// The MD5 digest of the file at `url`: it shows damage, but no forgery.
  /// - Throws: ``FileError/unreadable(path:reason:)``.
  package static func md5(ofFileAt url: URL) throws(FileError) -> String { try digest(EVP_md5(), of: url) }

  private static func digest(_ algorithm: OpaquePointer?, of url: URL) throws(FileError) -> String {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let digest = RunningDigest(algorithm)
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        piece.withUnsafeBytes(digest.update)
      }
      return digest.hexadecimal
    } catch {
      throw .unreadable(path: url.path, reason: error.localizedDescription)
    }
  }
}

/// A digest that takes its bytes in pieces.
private final class RunningDigest {
  private let context = EVP_MD_CTX_new()

  /// - Parameter algorithm: One of OpenSSL's.
  init(_ algorithm: OpaquePointer?) {
    // Fails where the system forbids the algorithm, as MD5 is where only approved ones may be used.
    if EVP_DigestInit_ex(context, algorithm, nil) != 1 {
      fatalError("libcrypto of this system does not offer a digest that this package needs (SHA-256 and MD5)")
    }
  }

  deinit { EVP_MD_CTX_free(context) }

  func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

  /// The digest of what there was; the end.
  var hexadecimal: String {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &count)
    return bytes.prefix(Int(count)).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
