import Torch

/// Moves parameters along their gradients by a rule, and remembers what the rule needs from step to step.
public final class Optimizer {
  private let rule: any OptimizerRule
  private let groups: [ParameterGroup]
  private let groupOfParameter: [ObjectIdentifier: Int]
  private var slots = OptimizerSlots()

  /// - Parameters:
  ///   - rule: The rule, where a group has none of its own.
  ///   - groups: The parameters, each in one group.
  public init(_ rule: any OptimizerRule, _ groups: [ParameterGroup]) {
    self.rule = rule
    self.groups = groups
    let places = groups.enumerated().flatMap { number, group in group.parameters.map { ($0, number) } }
    groupOfParameter = Dictionary(places.map { (ObjectIdentifier($0), $1) }) { first, _ in first }
    if groupOfParameter.count < places.count { fatalError("a parameter is in two groups of an optimizer") }
  }

  /// All parameters alike.
  public convenience init(_ rule: any OptimizerRule, _ parameters: [Parameter], weightDecay: Double = 0) {
    self.init(rule, [ParameterGroup(parameters, weightDecay: weightDecay)])
  }

  /// Moves every parameter that has a gradient.
  /// - Parameters:
  ///   - gradients: The gradients of the parameters, in the order of their store.
  ///   - rate: The learning rate η of this step.
  public func update(_ gradients: Gradients, rate: Double) {
    var pairs: [[(parameter: Parameter, gradient: Gradient)]] = groups.map { _ in [] }
    for (parameter, gradient) in zip(gradients.parameters, gradients.values) {
      if let gradient, let group = groupOfParameter[ObjectIdentifier(parameter)] {
        pairs[group].append((parameter, gradient))
      }
    }
    for (group, pairs) in zip(groups, pairs) where !pairs.isEmpty {
      (group.rule ?? rule)
        .update(pairs, rate: rate * group.rateScale, weightDecay: group.weightDecay, &slots)
    }
  }

  /// A new optimizer by the same rule for other parameters.
  public func another(_ groups: [ParameterGroup]) -> Optimizer { Optimizer(rule, groups) }

  /// What a checkpoint must keep, by the paths of the parameters.
  public var state: [String: Tensor] {
    slots.bringUpToDate()
    return slots.tensors
  }

  /// Takes over the state of a checkpoint of the same rules and parameters.
  public func restore(_ state: [String: Tensor]) {
    slots.restore(state) { slot in
      groups.lazy.flatMap(\.parameters).first { slot.hasPrefix($0.path + "/") }?.tensor.device ?? .cpu
    }
  }
}
