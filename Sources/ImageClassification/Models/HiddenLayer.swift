import Networks
import Torch

/// A hidden dense layer, `W * x + b`, [dropout], activation, [batch normalisation], in the order of the 2019 paper's code,
/// with its feedback point at the end.
///
/// **Shape** `[B, inputs]` to `[B, units]`.
struct HiddenLayer {
  private let linear: any Layer
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
  ///   - bottleneck: How narrow the layer is for learning; as wide as it is when nil.
  ///   - initializer: How weights start; PyTorch's default when nil.
  ///   - output: Where the error is read; nil for a layer without a point.
  init(
    _ scope: Scope, _ inputs: Int, _ units: Int, activation: Activation, dropout: Double, batchNorm: Bool,
    bottleneck: Bottleneck? = nil, initializer: Initializer?, output: FeedbackOutput?
  ) {
    linear =
      bottleneck.map { BottleneckLinear(scope, inputs, units, $0, initializer: initializer) }
      ?? Linear(scope, inputs, units, initializer: initializer)
    self.dropout = Dropout(dropout)
    self.activation = activation
    norm = batchNorm ? BatchNorm(scope / "norm", units) : nil
    point = output.map { FeedbackPoint(scope, of: $0) }
  }

  /// What the layer above takes.
  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    var h = activation(dropout(linear(x, pass), pass))
    if let norm { h = norm(h, pass) }
    return point?(h, pass) ?? h
  }
}
