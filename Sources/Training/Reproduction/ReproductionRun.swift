import FeedbackAlignment

/// What one run for a table gave: a line of the table's file.
struct ReproductionRun: Codable {
  /// The digest of the resolved configuration and the version of this package.
  let definition: String
  let task: String
  let preset: String
  let settings: [String]
  let method: MethodName
  let seed: UInt64
  let device: String
  /// The metrics of the selected weights; nil when the run failed.
  let metrics: [String: Double]?
  /// The alignment with them; nil for methods without feedback.
  let alignment: [PointAlignment]?
  /// Why the run failed.
  let failure: String?
}
