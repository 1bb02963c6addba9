import Networks
import Torch

/// What makes a hidden layer of a dense layer: `W x + b`, [dropout], activation, [batch normalisation], in the order of the
/// 2019 paper's code, with a feedback point at the end.
///
/// **Shape** `[B, inputs]` to `[B, units]`.
///
/// **Source** Launay et al. 2019, section 3.2.
public struct HiddenLayer: Layer {
  private let linear: any Layer
  private let dropout: Dropout
  private let activation: Activation
  private let norm: BatchNorm?
  private let point: FeedbackPoint?

  /// A hidden layer.
  /// - Parameters:
  ///   - scope: Where its point and, with batch normalisation, the parameters `norm/weight` and `norm/bias` are.
  ///   - linear: `W x + b`.
  ///   - units: The width.
  ///   - activation: What follows.
  ///   - dropout: The probability that a unit is dropped; in [0, 1].
  ///   - batchNorm: Whether batch normalisation ends the layer.
  ///   - output: Where the error is read; nil for a layer without a feedback point.
  public init(
    _ scope: Scope, _ linear: any Layer, units: Int, activation: Activation, dropout: Double, batchNorm: Bool,
    output: FeedbackOutput?
  ) {
    self.linear = linear
    self.dropout = Dropout(dropout)
    self.activation = activation
    // In PyTorch the layer itself is a module of no others.
    norm = batchNorm ? BatchNorm((scope / "norm").inPyTorch("\(scope.nameInPyTorch)_norm"), units) : nil
    point = output.map { FeedbackPoint(scope, of: $0) }
  }

  /// What the layer above takes.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    var h = activation(dropout(linear(x, pass), pass))
    if let norm { h = norm(h, pass) }
    return point?(h, pass) ?? h
  }
}
