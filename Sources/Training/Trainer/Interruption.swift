import Foundation
import Synchronization

/// Ends training by a signal without a loss: the step is finished, a checkpoint is written where one is kept, and
/// ``Trainer/train()`` throws ``Interrupted``.
public enum Interruption {
  private static let requested = Atomic<Int32>(0)
  private static let trainings = Atomic<Int>(0)

  /// From now on the first SIGINT (of Ctrl-C) or SIGTERM (of `kill` and batch systems) interrupts the training of every
  /// trainer of the process; a second, or one while nothing is trained, ends the process at once.
  public static func followSignals() {
    // Made before a handler asks for them.
    requested.store(0, ordering: .relaxed)
    _ = trainings.load(ordering: .relaxed)
    // Who started the process may have blocked them, as Foundation's `Process` does on a thread of Dispatch.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      _ = Foundation.signal(number) { number in
        // Nothing but what a handler of signals may call.
        _ = Foundation.signal(SIGINT, SIG_DFL)
        _ = Foundation.signal(SIGTERM, SIG_DFL)
        guard Interruption.trainings.load(ordering: .relaxed) > 0 else {
          raise(number)
          return
        }
        Interruption.requested.store(number, ordering: .relaxed)
      }
    }
  }

  /// The signal by which training is interrupted; nil while it is not.
  static var signal: Int32? {
    let number = requested.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Does something that ends by itself, soon after ``signal`` is there.
  static func whileTraining<Value>(_ train: () throws -> Value) rethrows -> Value {
    trainings.add(1, ordering: .relaxed)
    defer { trainings.subtract(1, ordering: .relaxed) }
    return try train()
  }
}
