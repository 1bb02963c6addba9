import FeedbackAlignment
import Networks

/// Everything that decides a training run, but for method, seed and device.
///
/// Its keys are listed once (`Settings`): those of the task's own, and ``training``, ``optimizer`` and ``feedback``, for which
/// ``commonKeys`` has the entries.
public protocol TaskConfiguration: Settings {
  /// Length and rhythm of training.
  var training: TrainingConfiguration { get set }
  /// The optimizer.
  var optimizer: OptimizerConfiguration { get set }
  /// The feedback matrices.
  var feedback: FeedbackConfiguration { get set }
}

extension TaskConfiguration {
  /// The keys that every task has, after its own.
  public static var commonKeys: [SettingKey<Self>] {
    [
      SettingKey("training", \Self.training, "length and rhythm of training, and how steps are made"),
      SettingKey("optimizer", \Self.optimizer, "how parameters move"),
      SettingKey("feedback", \Self.feedback, "the feedback of methods that have some"),
    ]
  }

  /// Checks all values.
  /// - Throws: ``ConfigurationError/value(key:reason:)``.
  package func checked() throws(ConfigurationError) -> Self {
    do throws(SettingError) { try check() } catch { throw ConfigurationError(error) }
    if optimizer.clipNorm != nil, training.update == .fused {
      throw .value(
        key: "optimizer.clipNorm",
        reason: "needs all gradients of a step at once; set training.update=together")
    }
    return self
  }
}
