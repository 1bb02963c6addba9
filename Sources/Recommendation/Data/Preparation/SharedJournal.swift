import Basics
import Foundation
import Synchronization

/// A journal that several threads of this process add to.
final class SharedJournal<Entry: Codable & Sendable> {
  private let journal: Journal<Entry>
  private let lock = Mutex(())

  init(_ url: URL) throws { journal = try Journal(url) }

  var entries: [Entry] { lock.withLock { _ in journal.entries } }

  func append(_ entry: Entry) throws { try lock.withLock { _ in try journal.append(entry) } }
}
