import Torch

/// Stochastic gradient descent with momentum: `m ← μ m + g + λ p; p ← p - η m`.
public struct StochasticGradientDescent: OptimizerRule {
  /// `sgd`
  public static let name = "sgd"
  /// What it is.
  public static let summary = "stochastic gradient descent, with momentum where wished"

  /// μ, in [0, 1).
  public var momentum = 0.0
  /// Whether to look ahead: `p ← p - η (g + λ p + μ m)`.
  public var nesterov = false

  /// Without momentum.
  public init() {}
  /// With momentum.
  public init(momentum: Double, nesterov: Bool = false) {
    (self.momentum, self.nesterov) = (momentum, nesterov)
  }

  /// The keys in files.
  public static let keys = [
    SettingKey("momentum", \Self.momentum, "the part of the last move that is made again", .within(0..<1)),
    SettingKey("nesterov", \Self.nesterov, "whether the gradient counts as taken after that move"),
  ]

  /// Nesterov's form needs momentum.
  public func validate() throws(SettingError) {
    try require("nesterov", !nesterov || momentum > 0, "must be false where momentum is 0")
  }

  /// Moves parameters; of a table whose gradient is of rows these alone, where neither momentum nor decay moves the others.
  public func update(
    _ pairs: [(parameter: Parameter, gradient: Gradient)], rate: Double, weightDecay: Double,
    _ slots: inout OptimizerSlots
  ) {
    var pairs = pairs
    if momentum == 0, weightDecay == 0 {
      for case (let parameter, .rows(let rows)) in pairs {
        parameter.tensor.addRows(rows.values, at: rows.indices, scale: -rate)
      }
      pairs = pairs.filter { if case .dense = $0.gradient { true } else { false } }
      if pairs.isEmpty { return }
    }
    FusedOptimizers.sgd(
      parameters: pairs.map(\.parameter.tensor), gradients: pairs.map(\.gradient.tensor),
      momenta: momentum == 0 ? [] : pairs.map { slots.tensor("momentum", like: $0.parameter) },
      rate: rate, momentum: momentum, weightDecay: weightDecay, nesterov: nesterov)
  }
}
