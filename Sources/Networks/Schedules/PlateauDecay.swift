/// The learning rate times `factor` whenever a metric has not become better for longer than `patience`.
public struct PlateauDecay: LearningRateSchedule {
  /// `plateau`
  public static let name = "plateau"
  /// What it is.
  public static let summary = "times a factor when a validation metric stops improving"

  /// What the rate is multiplied by; positive.
  public var factor = 0.1
  /// For how long the metric may stay without a better value.
  public var patience = Span.epochs(10)
  /// The validation metric that is watched, such as `loss`; the task's first when nil.
  public var metric: String?

  /// A tenth after ten epochs.
  public init() {}
  /// So much, after this time.
  public init(factor: Double, patience: Span, metric: String? = nil) {
    (self.factor, self.patience, self.metric) = (factor, patience, metric)
  }

  /// The keys in files.
  public static let keys = [
    SettingKey("factor", \Self.factor, "what the rate is multiplied by", .positive),
    SettingKey("patience", \Self.patience, "for how long the metric may stay without a better value"),
    SettingKey(
      "metric", optional: \Self.metric, "the validation metric, such as loss; null is the task's first"),
  ]

  /// The patience.
  public var spans: [Span] { [patience] }
  /// The metric.
  public var watch: PlateauWatch? { PlateauWatch(metric: metric, patience: patience, factor: factor) }

  /// The product of the factors so far.
  public func factor(_ moment: ScheduleMoment, _ plateau: PlateauState) -> Double { plateau.scale }
}

/// What a schedule watches.
public struct PlateauWatch: Sendable {
  /// The validation metric; the task's first when nil.
  public let metric: String?
  /// For how long it may stay without a better value.
  public let patience: Span
  /// What the rate is multiplied by then.
  public let factor: Double
}

/// What has been seen of a watched metric: what a checkpoint must keep of it.
public struct PlateauState: Codable, Equatable, Sendable {
  /// The product of the factors so far.
  public internal(set) var scale = 1.0
  /// The best value; nil before the first.
  var best: Double?
  /// The step of the best value, or of the last time that the rate was lowered.
  var since = 0

  /// Nothing seen.
  public init() {}
}
