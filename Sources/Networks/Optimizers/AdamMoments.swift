import Torch

/// What Adam and its kin are told: the decays of their moments, and what keeps them from dividing by zero.
public protocol AdamMoments: OptimizerRule {
  /// β₁: the decay of the mean of gradients, in [0, 1).
  var beta1: Double { get set }
  /// β₂: the decay of the mean of squared gradients, in [0, 1).
  var beta2: Double { get set }
  /// ε, positive.
  var epsilon: Double { get set }
}

extension AdamMoments {
  /// PyTorch's defaults unless told otherwise.
  public init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    self.init()
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
  }

  /// The keys in files.
  public static var keys: [SettingKey<Self>] {
    [
      SettingKey("beta1", \Self.beta1, "the decay of the mean of gradients", .within(0..<1)),
      SettingKey("beta2", \Self.beta2, "the decay of the mean of squared gradients", .within(0..<1)),
      SettingKey("epsilon", \Self.epsilon, "what is added to the root of that mean", .positive),
    ]
  }

  /// The fused step of Adam or AdamW.
  func fusedUpdate(
    _ pairs: [(parameter: Parameter, gradient: Gradient)], rate: Double, weightDecay: Double,
    _ slots: inout OptimizerSlots, decoupled: Bool
  ) {
    FusedOptimizers.adam(
      parameters: pairs.map(\.parameter.tensor), gradients: pairs.map(\.gradient.tensor),
      firstMoments: pairs.map { slots.tensor("mean", like: $0.parameter) },
      secondMoments: pairs.map { slots.tensor("square", like: $0.parameter) },
      steps: pairs.map { slots.scalar("step", for: $0.parameter) }, rate: rate,
      beta1: beta1, beta2: beta2, weightDecay: weightDecay, epsilon: epsilon, decoupled: decoupled)
  }
}
