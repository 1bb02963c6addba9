import Torch

/// How parameters move along their gradients. Its settings are keys of a configuration.
public protocol OptimizerRule: SettingKind {
  /// Moves parameters in place.
  /// - Parameters:
  ///   - pairs: The parameters, each with its gradient.
  ///   - rate: The learning rate η.
  ///   - weightDecay: λ.
  ///   - slots: What the rule keeps for each parameter from step to step.
  func update(
    _ pairs: [(parameter: Parameter, gradient: Gradient)], rate: Double, weightDecay: Double,
    _ slots: inout OptimizerSlots)
}

/// The rule of an optimizer as a setting.
public struct OptimizerChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [
    StochasticGradientDescent.self, Adam.self, AdamW.self, RAdam.self, LazyAdam.self,
  ]
  /// The rule.
  public let rule: any OptimizerRule

  /// A rule.
  public init(_ rule: any OptimizerRule) { self.rule = rule }
  /// A rule; nil for anything else.
  public init?(_ kind: any SettingKind) {
    guard let rule = kind as? any OptimizerRule else { return nil }
    self.rule = rule
  }
  /// The rule.
  public var kind: any SettingKind { rule }
}
