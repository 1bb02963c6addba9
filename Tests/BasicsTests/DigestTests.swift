import Basics
import Foundation
import TestSupport
import Testing

@Suite("Digests") struct DigestTests {
  @Test("SHA-256 and MD5 of their standards' examples (FIPS 180-4, RFC 1321)") func examples() throws {
    #expect(
      Digest.sha256(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest.sha256(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Digest.sha256(ofPieces: [Data("a".utf8), Data(), Data("bc".utf8)])
        == Digest.sha256(of: Array("abc".utf8)))
    let folder = try TemporaryFolder()
    let file = try folder.file("abc", holding: "abc")
    #expect(try Digest.md5(ofFileAt: file) == "900150983cd24fb0d6963f7d28e17f72")
    #expect(try Digest.sha256(ofFileAt: file) == Digest.sha256(of: Array("abc".utf8)))
  }

  @Test("A file of several pieces has the digest of its bytes") func pieces() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("bytes")
    let bytes = (0..<(3 << 20) + 5).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: file)
    #expect(try Digest.sha256(ofFileAt: file) == Digest.sha256(of: bytes))
  }
}
