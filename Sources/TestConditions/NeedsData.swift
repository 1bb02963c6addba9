import Datasets
import Testing

extension Trait where Self == ConditionTrait {
  /// Skips a test, saying so, where this machine does not have `datasets`.
  package static func needsData(_ datasets: Dataset...) -> Self {
    let absent = datasets.filter { (try? DatasetStore().locate($0)) == nil }.map(\.name)
    let names = absent.joined(separator: " ")
    return .enabled(if: absent.isEmpty, "needs data: \(names) (dfa data fetch \(names))")
  }

  /// Skips a test, saying so, where no data root of this machine has a file or folder that no catalogue knows.
  /// - Parameter name: Its name under a data root, such as `nerf_synthetic/lego`.
  package static func needsPlace(_ name: String) -> Self {
    .enabled(if: DatasetStore().place(name) != nil, "needs \(name) under DFA_DATA")
  }
}
