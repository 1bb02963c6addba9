/// Parameters that an optimizer treats alike.
public struct ParameterGroup {
  /// The parameters.
  public let parameters: [Parameter]
  /// λ, by which the rule decays them.
  public let weightDecay: Double
  /// What the learning rate is multiplied by.
  public let rateScale: Double
  /// How they move; as the optimizer's rule says when nil.
  public let rule: (any OptimizerRule)?

  /// A group.
  public init(
    _ parameters: [Parameter], weightDecay: Double = 0, rateScale: Double = 1,
    rule: (any OptimizerRule)? = nil
  ) {
    self.parameters = parameters
    self.weightDecay = weightDecay
    self.rateScale = rateScale
    self.rule = rule
  }
}
