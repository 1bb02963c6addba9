import Dispatch
import Foundation
import Synchronization

/// Work in pieces, several at a time.
package enum ParallelWork {
  private struct State {
    var next = 0
    var error: (any Error)?
  }

  /// Does every piece once, on several threads, the earlier pieces first. After an error no further piece is begun.
  /// - Parameters:
  ///   - count: How many pieces there are.
  ///   - threads: How many are done at a time, at most.
  ///   - body: Does a piece; called on several threads at once, so that what it changes must be guarded.
  /// - Throws: The first error.
  package static func forEach(_ count: Int, threads: Int, _ body: (Int) throws -> Void) throws {
    let state = Mutex(State())
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
        while true {
          let piece = state.withLock { state -> Int? in
            guard state.error == nil, state.next < count else { return nil }
            state.next += 1
            return state.next - 1
          }
          guard let piece else { return }
          do { try body(piece) } catch { state.withLock { $0.error = $0.error ?? error } }
        }
      }
    }
    if let error = state.withLock({ $0.error }) { throw error }
  }

  /// What comes of every piece, in their order.
  /// - Parameters:
  ///   - count: How many pieces there are.
  ///   - threads: How many are done at a time, at most.
  ///   - body: Does a piece; called on several threads at once.
  /// - Throws: The first error.
  package static func map<Value: Sendable>(
    _ count: Int, threads: Int = ProcessInfo.processInfo.activeProcessorCount, _ body: (Int) throws -> Value
  ) throws -> [Value] {
    let values = Mutex([Value?](repeating: nil, count: count))
    try forEach(count, threads: threads) { piece in
      let value = try body(piece)
      values.withLock { $0[piece] = value }
    }
    return values.withLock { $0.compactMap(\.self) }
  }
}
