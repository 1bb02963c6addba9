import Basics
import Foundation
import TestSupport
import Testing

@Suite("Locks on a file") struct FileLocksTests {
  @Test("A lock is refused while another holder has it, one of another number is not") func exclusion() throws
  {
    let folder = try TemporaryFolder()
    let (first, second) = (try FileLocks(folder.file("a")), try FileLocks(folder.file("a")))
    let inner = first.holding(7) {
      [second.holding(7, waits: false) { true }, second.holding(8, waits: false) { true }]
    }
    #expect(inner == [nil, true])
    #expect(second.holding(7, waits: false) { true } == true)
  }

  @Test("A lock ends when its work fails") func failure() throws {
    struct Failure: Error {}
    let folder = try TemporaryFolder()
    let (first, second) = (try FileLocks(folder.file("a")), try FileLocks(folder.file("a")))
    #expect(throws: Failure.self) { try first.holding(0) { throw Failure() } }
    #expect(second.holding(0, waits: false) { true } == true)
  }

  @Test("Locks leave what is in the file") func content() throws {
    let folder = try TemporaryFolder()
    let locks = try FileLocks(folder.file("a", holding: "text"))
    locks.holding(1_000) {}
    #expect(try folder.text("a") == "text")
  }
}
