import Foundation
import Torch

/// ``Adam`` for tables of which a step reads some rows: rows without a gradient stay as they are, moments, weight decay and all,
/// where Adam would move them. Every other parameter moves as by Adam.
///
/// The bias of a row's moments is corrected by the number of all steps, as in PyTorch's `SparseAdam`, of which this is a form
/// with weight decay.
public struct LazyAdam: AdamMoments {
  /// `lazyAdam`
  public static let name = "lazyAdam"
  /// What it is.
  public static let summary = "Adam that leaves rows of a table without a gradient as they are"

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
    var dense: [(parameter: Parameter, gradient: Gradient)] = []
    for (parameter, gradient) in pairs {
      guard case .rows(let rows) = gradient else {
        dense.append((parameter, gradient))
        continue
      }
      let (mean, square) = (slots.tensor("mean", like: parameter), slots.tensor("square", like: parameter))
      let count = slots.scalar("step", for: parameter)
      count.copy(from: count + 1)
      let step = count.item
      let old = parameter.tensor.detached().gathered(0, rows.indices)
      let g = weightDecay == 0 ? rows.values : rows.values + old * weightDecay
      let m = mean.gathered(0, rows.indices) * beta1 + g * (1 - beta1)
      let v = square.gathered(0, rows.indices) * beta2 + g.square() * (1 - beta2)
      let (first, second) = (1 - pow(beta1, step), 1 - pow(beta2, step))
      let move = m / (v.sqrt() / second.squareRoot() + epsilon)
      parameter.tensor.addRows(move, at: rows.indices, scale: -rate / first)
      mean.addRows(m - mean.gathered(0, rows.indices), at: rows.indices, scale: 1)
      square.addRows(v - square.gathered(0, rows.indices), at: rows.indices, scale: 1)
    }
    guard !dense.isEmpty else { return }
    fusedUpdate(dense, rate: rate, weightDecay: weightDecay, &slots, decoupled: false)
  }
}
