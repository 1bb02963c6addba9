import Foundation
import Synchronization
import Testing
import Training

@Suite("Values made ahead") struct PrefetcherTests {
  @Test("Numbers give their values in any order, and again") func values() throws {
    let prefetcher = Prefetcher(ahead: 3) { $0 * $0 }
    for number in [0, 1, 2, 3, 4, 2, 2, 9, 5, 0, 1] {
      #expect(try prefetcher.value(number) == number * number)
    }
  }

  @Test("As many as asked for are made ahead, and none beyond the last") func ahead() throws {
    let made = Mutex<Set<Int>>([])
    let prefetcher = Prefetcher(ahead: 2) { number in
      _ = made.withLock { $0.insert(number) }
      return number
    }
    for number in 0..<4 { #expect(try prefetcher.value(number, of: 4) == number) }
    #expect(made.withLock { $0 } == [0, 1, 2, 3])
  }

  @Test("An error comes with its own number alone") func errors() throws {
    struct Odd: Error, Equatable { let number: Int }
    let prefetcher = Prefetcher(ahead: 4) { number in
      if number % 2 == 1 { throw Odd(number: number) }
      return number
    }
    for number in 0..<6 {
      if number % 2 == 0 {
        #expect(try prefetcher.value(number) == number)
      } else {
        #expect(throws: Odd(number: number)) { try prefetcher.value(number) }
      }
    }
  }

  @Test("Nothing is being made any more when it has gone") func ends() throws {
    let begun = Atomic(0)
    let done = Atomic(0)
    do {
      let prefetcher = Prefetcher(ahead: 4) { number in
        begun.add(1, ordering: .relaxed)
        if number > 0 { Thread.sleep(forTimeInterval: 0.05) }
        done.add(1, ordering: .relaxed)
      }
      try prefetcher.value(0)
      try prefetcher.value(0)
    }
    #expect(begun.load(ordering: .relaxed) == done.load(ordering: .relaxed))
  }
}
