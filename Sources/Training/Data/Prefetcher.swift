import Basics
import Dispatch
import Foundation
import Synchronization

/// Makes values before they are asked for, on background threads.
///
/// Asking for number `n` starts `n` and those that follow it, as far ahead as there are threads. What a number gives
/// must depend on the number alone: a value that is asked for out of turn, or again, is made anew.
public final class Prefetcher<Value: Sendable>: Sendable {
  private final class Slot: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
  }

  private let ahead: Int
  private let make: @Sendable (Int) throws -> Value
  private let queue = OperationQueue()
  private let slots = Mutex<[Int: Slot]>([:])

  /// - Parameters:
  ///   - ahead: How many values are made before they are asked for, each on a thread of its own; at least 1.
  ///   - make: Makes a value from its number; called on several threads at once.
  public init(ahead: Int, make: @escaping @Sendable (Int) throws -> Value) {
    self.ahead = ahead
    self.make = make
    queue.maxConcurrentOperationCount = ahead
    queue.qualityOfService = .userInitiated
  }

  /// Waits for the values that are being made: nothing that they need may go, as LibTorch does when a process ends.
  deinit {
    queue.cancelAllOperations()
    queue.waitUntilAllOperationsAreFinished()
  }

  /// The value of a number.
  /// - Parameters:
  ///   - number: From 0 on.
  ///   - count: How many there are; none is made beyond.
  /// - Throws: What making this value throws.
  public func value(_ number: Int, of count: Int = .max) throws -> Value {
    let window = number...max(number, min(number + ahead, count - 1))
    let slot = slots.withLock { slots in
      slots = slots.filter { window.contains($0.key) }
      for next in window where slots[next] == nil { slots[next] = started(next) }
      return slots.removeValue(forKey: number)
    }
    guard let slot else { return try make(number) }
    slot.done.wait()
    return try slot.result.withLock { $0 }?.get() ?? make(number)
  }

  private func started(_ number: Int) -> Slot {
    let slot = Slot()
    queue.addOperation { [make] in
      let result = Result { try make(number) }
      slot.result.withLock { $0 = result }
      slot.done.signal()
    }
    return slot
  }
}
