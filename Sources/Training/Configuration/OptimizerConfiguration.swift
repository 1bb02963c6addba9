import Networks

/// The optimizer: its rule, its learning rate and how that changes, and what is different for groups of parameters.
public struct OptimizerConfiguration: Settings {
  /// What is different for the parameters of a group (`Scope.group(_:)`).
  public struct Group: Settings {
    /// η of the group; the optimizer's when nil. It follows the same schedule.
    public var learningRate: Double?
    /// λ of the group; the optimizer's when nil.
    public var weightDecay: Double?
    /// The rule of the group; the optimizer's when nil.
    public var rule: OptimizerChoice?

    /// Nothing is different.
    public init() {}
    /// A weight decay of its own.
    public init(weightDecay: Double) { self.weightDecay = weightDecay }

    /// The keys in files.
    public static let keys = [
      SettingKey("learningRate", optional: \Self.learningRate, "the group's learning rate", .positive),
      SettingKey("weightDecay", optional: \Self.weightDecay, "the group's weight decay", .atLeast(0)),
      SettingKey("rule", optional: \Self.rule, "the group's rule"),
    ]
  }

  /// How parameters move.
  public var rule = OptimizerChoice(StochasticGradientDescent())
  /// η; positive.
  public var learningRate = 0.01
  /// λ; at least 0.
  public var weightDecay = 0.0
  /// How the learning rate changes.
  public var schedule = ScheduleChoice(ConstantRate())
  /// In which time the learning rate rises linearly, before the schedule begins; none when nil.
  public var warmup: Span?
  /// The norm to which the gradients of a step, as one vector, are clipped where it is larger; nil leaves them.
  public var clipNorm: Double?
  /// What is different for the groups of parameters of these names.
  public var groups: [String: Group] = [:]

  /// Stochastic gradient descent at a rate of 0.01.
  public init() {}

  /// A rule at a rate.
  public init(
    _ rule: any OptimizerRule, learningRate: Double, weightDecay: Double = 0,
    schedule: any LearningRateSchedule = ConstantRate()
  ) {
    self.rule = OptimizerChoice(rule)
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.schedule = ScheduleChoice(schedule)
  }

  /// The keys in files.
  public static let keys = [
    SettingKey("rule", \Self.rule, "how parameters move"),
    SettingKey("learningRate", \Self.learningRate, "the learning rate, before its schedule", .positive),
    SettingKey("weightDecay", \Self.weightDecay, "the part of a parameter by which it decays", .atLeast(0)),
    SettingKey("schedule", \Self.schedule, "how the learning rate changes"),
    SettingKey(
      "warmup", optional: \Self.warmup,
      "in which time the rate rises linearly before its schedule; null: none"),
    SettingKey(
      "clipNorm", optional: \Self.clipNorm,
      "the norm to which a step's gradients are clipped; null: not at all",
      .positive),
    SettingKey("groups", \Self.groups, "what is different for groups of parameters, by their names"),
  ]

  /// A new optimizer for a network's parameters, in their groups.
  /// - Throws: ``ConfigurationError/unknown(kind:name:nearest:known:)`` for the settings of a group that no parameter is in.
  package func make(_ parameters: [Parameter]) throws(ConfigurationError) -> Optimizer {
    let known = Set(parameters.compactMap(\.group))
    if let name = groups.keys.filter({ !known.contains($0) }).min() {
      throw .unknown("group of parameters", name, among: known.sorted())
    }
    let names: [String?] = [nil] + known.sorted()
    return Optimizer(
      rule.rule,
      names.map { name in
        let settings = name.flatMap { groups[$0] }
        return ParameterGroup(
          parameters.filter { $0.group == name }, weightDecay: settings?.weightDecay ?? weightDecay,
          rateScale: settings?.learningRate.map { $0 / learningRate } ?? 1, rule: settings?.rule?.rule)
      })
  }
}
