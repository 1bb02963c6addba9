import Torch

/// Stochastic gradient descent with momentum: `m ← μ m + g + λ p; p ← p - η m`.
public final class StochasticGradientDescent: Optimizer {
  private let groups: ParameterGroups
  private let momentum: Double
  private let nesterov: Bool
  private var slots = OptimizerSlots()

  /// - Parameters:
  ///   - groups: The parameters; each in one group.
  ///   - momentum: μ in [0, 1).
  ///   - nesterov: Whether to look ahead: `p ← p - η (g + λ p + μ m)`.
  public init(_ groups: [ParameterGroup], momentum: Double = 0, nesterov: Bool = false) {
    self.groups = ParameterGroups(groups)
    self.momentum = momentum
    self.nesterov = nesterov
  }

  /// Moves every parameter that has a gradient.
  public func update(_ gradients: Gradients, rate: Double) {
    groups.forEach(gradients) { group, pairs in
      FusedOptimizers.sgd(
        parameters: pairs.map(\.parameter.tensor), gradients: pairs.map(\.gradient),
        momenta: momentum == 0 ? [] : pairs.map { slots.tensor("momentum", like: $0.parameter) },
        rate: rate * group.rateScale, momentum: momentum, weightDecay: group.weightDecay, nesterov: nesterov)
    }
  }

  /// A new descent.
  public func another(_ groups: [ParameterGroup]) -> any Optimizer {
    StochasticGradientDescent(groups, momentum: momentum, nesterov: nesterov)
  }

  /// The momenta.
  public var state: [String: Tensor] { slots.tensors }

  /// Takes over the momenta.
  public func restore(_ state: [String: Tensor]) { slots.restore(state, on: groups.device) }
}
