import Torch

/// Adam with decoupled weight decay: `p ← p - η λ p`, and then the step of ``Adam`` by the gradient alone.
///
/// **Source** Loshchilov and Hutter 2019, algorithm 2.
public struct AdamW: AdamMoments {
  /// `adamw`
  public static let name = "adamw"
  /// What it is.
  public static let summary = "Adam with decoupled weight decay"

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
    fusedUpdate(pairs, rate: rate, weightDecay: weightDecay, &slots, decoupled: true)
  }
}
