import Synchronization

/// The images of a part of the data that were left out, each counted once.
final class SkippedImages: Sendable {
  private let names = Mutex<Set<String>>([])

  /// How many.
  var count: Int { names.withLock { $0.count } }

  /// Leaves out the image of a name.
  func insert(_ name: String) { _ = names.withLock { $0.insert(name) } }
}
