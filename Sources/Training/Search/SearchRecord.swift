/// What one seed of a trial gave: a line of `trials.jsonl`. It holds nothing of the test metrics.
struct SearchRecord: Codable {
  /// The number of the trial, from 1.
  let trial: Int
  /// The seed.
  let seed: UInt64
  /// What the trial sets.
  let settings: [String]
  /// The network's parameters; nil when there was no network.
  let parameters: Int?
  /// The validation metric; nil when the run failed.
  let validation: Double?
  /// Why the run failed.
  let failure: String?
}
