import Torch

/// Batch normalisation (Ioffe and Szegedy 2015) over all dimensions but the second:
/// `y = (x - mean) / sqrt(variance + epsilon) * weight + bias`.
///
/// **Shape** `[B, features]` or `[B, features, height, width]`. In training the mean and variance are the
/// batch's, and the running ones move a tenth towards them; in evaluation they are the running ones. One sample has no
/// variance: a ``ParameterStore`` with such a layer is trained on batches of two samples or more.
public struct BatchNorm: Layer {
  private let weight: Parameter
  private let bias: Parameter
  private let runningMean: Parameter
  private let runningVariance: Parameter

  /// A layer with parameters `weight`, `bias` and buffers `runningMean`, `runningVariance` in `scope`.
  public init(_ scope: Scope, _ features: Int) {
    scope.store.needSamples(2)
    weight = scope.parameter("weight", [features], .constant(1))
    bias = scope.parameter("bias", [features], .constant(0))
    runningMean = scope.buffer(
      "runningMean", [features], .constant(0),
      pyTorch: .named("running_mean").with(["num_batches_tracked": .steps]))
    runningVariance = scope.buffer(
      "runningVariance", [features], .constant(1), pyTorch: .named("running_var"))
  }

  /// `x` normalised.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    // In a rehearsal the statistics stay: the same pass comes again and moves them then.
    x.batchNorm(
      weight: weight.tensor, bias: bias.tensor, runningMean: pass.isRehearsal ? nil : runningMean.tensor,
      runningVariance: pass.isRehearsal ? nil : runningVariance.tensor, training: pass.isTraining)
  }
}
