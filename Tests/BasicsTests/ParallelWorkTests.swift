import Basics
import Testing

@Suite("Work on several threads") struct ParallelWorkTests {
  private struct Failure: Error {}

  @Test("What comes of pieces is in their order, however many threads there are", arguments: [1, 3, 100])
  func order(threads: Int) throws {
    #expect(try ParallelWork.map(50, threads: threads) { $0 * $0 } == (0..<50).map { $0 * $0 })
    #expect(try ParallelWork.map(0, threads: threads) { $0 }.isEmpty)
  }

  @Test("An error ends it") func error() {
    #expect(throws: Failure.self) {
      try ParallelWork.map(50, threads: 2) { piece in if piece == 20 { throw Failure() } }
    }
  }
}
