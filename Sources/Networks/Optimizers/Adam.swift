import Torch

/// Adam (Kingma and Ba 2015): `m ← β₁ m + (1-β₁) g; v ← β₂ v + (1-β₂) g²; p ← p - η m̂ / (sqrt(v̂) + ε)` with
/// bias-corrected m̂, v̂ and g including the weight decay `λ p`, or with λ decoupled from g (AdamW,
/// Loshchilov and Hutter 2019).
public final class Adam: Optimizer {
  private let groups: ParameterGroups
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let decoupled: Bool
  private var slots = OptimizerSlots()

  /// - Parameters:
  ///   - groups: The parameters; each in one group.
  ///   - beta1: The decay β₁ of the mean of gradients.
  ///   - beta2: The decay β₂ of the mean of squared gradients.
  ///   - epsilon: ε, against division by zero.
  ///   - decoupled: Whether weight decay acts on the parameter itself.
  public init(
    _ groups: [ParameterGroup], beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    decoupled: Bool = false
  ) {
    self.groups = ParameterGroups(groups)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decoupled = decoupled
  }

  /// Moves every parameter that has a gradient.
  public func update(_ gradients: Gradients, rate: Double) {
    groups.forEach(gradients) { group, pairs in
      FusedOptimizers.adam(
        parameters: pairs.map(\.parameter.tensor), gradients: pairs.map(\.gradient),
        firstMoments: pairs.map { slots.tensor("mean", like: $0.parameter) },
        secondMoments: pairs.map { slots.tensor("square", like: $0.parameter) },
        steps: pairs.map { slots.scalar("step", for: $0.parameter) }, rate: rate * group.rateScale,
        beta1: beta1, beta2: beta2, weightDecay: group.weightDecay, epsilon: epsilon, decoupled: decoupled)
    }
  }

  /// A new Adam.
  public func another(_ groups: [ParameterGroup]) -> any Optimizer {
    Adam(groups, beta1: beta1, beta2: beta2, epsilon: epsilon, decoupled: decoupled)
  }

  /// The moments and the number of steps of each parameter.
  public var state: [String: Tensor] { slots.tensors }

  /// Takes over the moments and steps.
  public func restore(_ state: [String: Tensor]) { slots.restore(state, on: groups.device) }
}
