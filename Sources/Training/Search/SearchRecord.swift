/// What one seed of a trial gave in the validation. It holds nothing of the test metrics.
struct SearchRecord {
  /// The seed.
  let seed: UInt64
  /// The network's parameters; nil when there was no network.
  let parameters: Int?
  /// The validation metric; nil when the run failed.
  let validation: Double?
  /// Why the run failed.
  let failure: String?

  /// What a run gave.
  init(_ entry: RunEntry, metric: Metric) {
    let name = metric.name(on: .validation)
    seed = entry.key.seed
    parameters = entry.parameters
    validation = entry.selected?.metrics[name]
    failure = entry.failure ?? (validation == nil ? "the task gave no \(name)" : nil)
  }
}
