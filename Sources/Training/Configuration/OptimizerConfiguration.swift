import Networks

/// The optimizer and its learning rate.
public struct OptimizerConfiguration: Codable, Hashable, Sendable {
  /// The rule.
  public enum Kind: String, NamedChoice {
    /// `StochasticGradientDescent`.
    case sgd
    /// `Adam`, weight decay being part of the gradient.
    case adam
    /// `Adam` with decoupled weight decay.
    case adamw
  }

  /// The rule.
  public var kind: Kind
  /// η; positive.
  public var learningRate: Double
  /// λ; at least 0.
  public var weightDecay: Double
  /// μ of SGD, in [0, 1).
  public var momentum: Double
  /// β₁ of Adam, in [0, 1).
  public var beta1: Double
  /// β₂ of Adam, in [0, 1).
  public var beta2: Double
  /// ε of Adam; positive.
  public var epsilon: Double
  /// How the learning rate changes.
  public var schedule: LearningRateSchedule

  /// An optimizer with PyTorch's defaults.
  public init(
    _ kind: Kind, learningRate: Double, weightDecay: Double = 0, momentum: Double = 0, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, schedule: LearningRateSchedule = LearningRateSchedule()
  ) {
    self.kind = kind
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.momentum = momentum
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.schedule = schedule
  }

  /// A new optimizer for these groups.
  package func make(_ groups: [ParameterGroup]) -> any Optimizer {
    switch kind {
    case .sgd: StochasticGradientDescent(groups, momentum: momentum)
    case .adam: Adam(groups, beta1: beta1, beta2: beta2, epsilon: epsilon)
    case .adamw: Adam(groups, beta1: beta1, beta2: beta2, epsilon: epsilon, decoupled: true)
    }
  }

  func validate() throws {
    func check(_ key: String, _ value: Double, _ condition: Bool, _ range: String) throws {
      try require("optimizer.\(key)", value.isFinite && condition, "must be \(range), not \(value)")
    }
    try check("learningRate", learningRate, learningRate > 0, "positive")
    try check("weightDecay", weightDecay, weightDecay >= 0, "at least 0")
    try check("momentum", momentum, (0..<1).contains(momentum), "at least 0 and less than 1")
    try check("beta1", beta1, (0..<1).contains(beta1), "at least 0 and less than 1")
    try check("beta2", beta2, (0..<1).contains(beta2), "at least 0 and less than 1")
    try check("epsilon", epsilon, epsilon > 0, "positive")
    try check("schedule.factor", schedule.factor, schedule.factor > 0, "positive")
    let least = schedule.kind == .exponential ? 0 : 1
    try require(
      "optimizer.schedule.period", schedule.period >= least,
      "must be at least \(least), not \(schedule.period)")
  }
}
