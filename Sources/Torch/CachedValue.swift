import Synchronization

/// A value that is made when it is first asked for, and then kept. Threads that ask at once wait for one of them.
package final class CachedValue<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  package init() {}

  /// The value; `make` runs the first time only, and must not ask for the same value.
  package func callAsFunction(_ make: () throws -> Value) rethrows -> Value {
    try value.withLock { kept in
      if let kept { return kept }
      let made = try make()
      kept = made
      return made
    }
  }
}
