import Foundation
import Torch

/// Rectified Adam: the step of ``Adam`` times a factor that grows from 0 to 1 as the second moment comes to be known; while
/// it is not (ρ at most 5) a step along the mean gradient alone, `p ← p - η m̂`.
///
/// `ρ∞ = 2 / (1 - β₂) - 1; ρ = ρ∞ - 2 t β₂ᵗ / (1 - β₂ᵗ); r² = (ρ - 4)(ρ - 2) ρ∞ / ((ρ∞ - 4)(ρ∞ - 2) ρ)` in step t. Weight
/// decay is part of the gradient.
///
/// **Source** Liu et al. 2020, "On the variance of the adaptive learning rate and beyond", algorithm 2; as PyTorch has it.
public struct RAdam: AdamMoments {
  /// `radam`
  public static let name = "radam"
  /// What it is.
  public static let summary = "rectified Adam, which needs no warm-up"

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
    withoutGradient {
      for (parameter, gradient) in pairs {
        let x = parameter.tensor.detached()
        let g = weightDecay == 0 ? gradient.tensor : gradient.tensor + x * weightDecay
        let mean = slots.tensor("mean", like: parameter)
        let square = slots.tensor("square", like: parameter)
        let count = slots.scalar("step", for: parameter)
        mean.copy(from: mean * beta1 + g * (1 - beta1))
        square.copy(from: square * beta2 + g.square() * (1 - beta2))
        count.copy(from: count + 1)
        let t = count.item
        let corrections = (first: 1 - pow(beta1, t), second: 1 - pow(beta2, t))
        let direction = mean / corrections.first
        guard let rectification = rectification(t, corrections.second) else {
          parameter.tensor.add(direction, scale: -rate)
          continue
        }
        let scale = rate * rectification * corrections.second.squareRoot()
        parameter.tensor.add(direction / (square.sqrt() + epsilon), scale: -scale)
      }
    }
  }

  /// r in step t; nil while the variance is not known well enough.
  private func rectification(_ t: Double, _ correction: Double) -> Double? {
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * t * pow(beta2, t) / correction
    guard length > 5 else { return nil }
    return ((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)).squareRoot()
  }
}
