import Networks
import Torch

/// A hidden dense layer, `W * x + b`, [dropout], activation, [batch normalisation], in the order of the 2019 paper's code,
/// with its feedback point at the end.
///
/// **Shape** `[B, inputs]` to `[B, units]`.
struct HiddenLayer {
  private let linear: Linear
  private let mask: GradientMask?
  private let dropout: Dropout
  private let activation: Activation
  private let norm: BatchNorm?
  private let point: FeedbackPoint?

  /// A layer with parameters `weight`, `bias` and, with batch normalisation, those of `norm` in `scope`.
  /// - Parameters:
  ///   - scope: Where its parameters are.
  ///   - inputs: The width below.
  ///   - units: Its own.
  ///   - activation: What follows.
  ///   - dropout: The probability that a unit is dropped.
  ///   - batchNorm: Whether batch normalisation ends the layer.
  ///   - passing: How many units learn; all when nil.
  ///   - initializer: How weights start; PyTorch's default when nil.
  ///   - output: Where the error is read; nil for a layer without a point.
  init(
    _ scope: Scope, _ inputs: Int, _ units: Int, activation: Activation, dropout: Double, batchNorm: Bool,
    passing: Int? = nil, initializer: Initializer?, output: FeedbackOutput?
  ) {
    linear = Linear(scope, inputs, units, initializer: initializer)
    mask = passing.map { GradientMask(scope, units, passing: $0) }
    self.dropout = Dropout(dropout)
    self.activation = activation
    norm = batchNorm ? BatchNorm(scope / "norm", units) : nil
    point = output.map { FeedbackPoint(scope, of: $0) }
  }

  /// What the layer above takes.
  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let a = linear(x, pass)
    var h = activation(dropout(mask?(a, pass) ?? a, pass))
    if let norm { h = norm(h, pass) }
    return point?(h, pass) ?? h
  }
}
