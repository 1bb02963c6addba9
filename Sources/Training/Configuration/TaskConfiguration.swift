import FeedbackAlignment

/// Everything that decides a training run, but for method, seed and device.
///
/// Keys are written in YAML as the properties are named. All properties must encode a value (no optionals),
/// so that unknown keys can be told from known ones.
public protocol TaskConfiguration: Codable, Hashable, Sendable {
  /// Length and rhythm of training.
  var training: TrainingConfiguration { get set }
  /// The optimizer.
  var optimizer: OptimizerConfiguration { get set }
  /// The feedback matrices.
  var feedback: FeedbackConfiguration { get set }

  /// Checks the values of the task's own keys.
  /// - Throws: ``ConfigurationError/value(key:reason:)``.
  func validate() throws
}

extension TaskConfiguration {
  /// Checks all values.
  /// - Throws: ``ConfigurationError/value(key:reason:)``.
  func validateAll() throws {
    try training.validate()
    try optimizer.validate()
    do {
      try feedback.validate()
    } catch let error as FeedbackConfigurationError {
      throw ConfigurationError.value(key: "feedback.\(error.key)", reason: error.reason)
    }
    try validate()
  }
}

/// The greatest width of a layer: beyond any use, and small enough that sizes of tensors do not overflow.
package let greatestWidth = 100_000_000

/// Throws unless a value is in range.
/// - Throws: ``ConfigurationError/value(key:reason:)``.
package func require(_ key: String, _ condition: Bool, _ reason: String) throws {
  if !condition { throw ConfigurationError.value(key: key, reason: reason) }
}
