import Datasets
import Foundation
import Synchronization

extension DatasetStore {
  /// The store of `--data`, which says when it reads from elsewhere, once of each data set.
  init(option folder: String?) {
    self.init(explicit: folder.map { URL(fileURLWithPath: $0) }) { note in
      guard said.withLock({ $0.insert(note).inserted }) else { return }
      Console.error("--data: \(note)")
    }
  }
}

private let said = Mutex<Set<String>>([])
