import Synchronization
import Torch

/// What an optimizer that moves rows of a table late is told before they are read.
package final class TableRows: Sendable {
  private let bringer = Mutex<(@Sendable (Tensor?) -> Void)?>(nil)

  /// Brings rows up to date; all when nil.
  ///
  /// **Shape** `[...]`, `int64`
  package func willRead(_ rows: Tensor?) { bringer.withLock(\.self)?(rows) }

  /// From now on `bring` brings rows up to date.
  func broughtUpToDate(by bring: @escaping @Sendable (Tensor?) -> Void) { bringer.withLock { $0 = bring } }
}
