import Torch

/// Adam: `m ← β₁ m + (1-β₁) g; v ← β₂ v + (1-β₂) g²; p ← p - η m̂ / (sqrt(v̂) + ε)` with bias-corrected m̂ and v̂, and g
/// including the weight decay `λ p`.
///
/// **Source** Kingma and Ba 2015, algorithm 1.
public struct Adam: AdamMoments {
  /// `adam`
  public static let name = "adam"
  /// What it is.
  public static let summary = "Adam, weight decay being part of the gradient"

  /// The decay of the mean of gradients.
  public var beta1 = 0.9
  /// The decay of the mean of their squares.
  public var beta2 = 0.999
  /// Added to the root of that mean.
  public var epsilon = 1e-8

  /// PyTorch's defaults.
  public init() {}

  /// Moves parameters.
  public func update(
    _ pairs: [(parameter: Parameter, gradient: Gradient)], rate: Double, weightDecay: Double,
    _ slots: inout OptimizerSlots
  ) {
    fusedUpdate(pairs, rate: rate, weightDecay: weightDecay, &slots, decoupled: false)
  }
}
