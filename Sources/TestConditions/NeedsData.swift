import Datasets
import Testing

extension Trait where Self == ConditionTrait {
  /// Skips a test, saying so, where this machine does not have `datasets`.
  package static func needsData(_ datasets: Dataset...) -> Self {
    let absent = datasets.filter { (try? DatasetStore().locate($0)) == nil }.map(\.name)
    let names = absent.joined(separator: " ")
    return .enabled(if: absent.isEmpty, "needs data: \(names) (dfa data fetch \(names))")
  }

  /// Skips a test, saying so, where no folder of data sets has a file of this path.
  package static func needsFile(_ path: String) -> Self {
    .enabled(if: DatasetStore().place(path) != nil, "needs \(path) in a folder of data sets (DFA_DATA)")
  }
}
