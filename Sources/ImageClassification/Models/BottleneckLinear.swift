import Networks
import Torch

/// A dense layer of whose gradients, towards weights and biases, a fixed share of the elements passes; the other weights and
/// biases stay as they started.
///
/// **Shape** `[B, inputs]` to `[B, units]`.
struct BottleneckLinear: Layer {
  private let linear: Linear
  private let weights: GradientMask
  private let biases: GradientMask
  private let inputs: GradientMask?

  /// A layer with the parameters of ``Linear`` and masks in `scope`.
  /// - Parameters:
  ///   - scope: Where its parameters are.
  ///   - inputs: The width below.
  ///   - units: Its own.
  ///   - bottleneck: Which share passes, `bottleneck.size` of `inputs`, and whether the gradient towards the input is cut too.
  ///   - initializer: How weights start; PyTorch's default when nil.
  init(_ scope: Scope, _ inputs: Int, _ units: Int, _ bottleneck: Bottleneck, initializer: Initializer?) {
    func mask(_ name: String, _ shape: [Int]) -> GradientMask {
      GradientMask(scope / name, shape, passing: shape.reduce(bottleneck.size, *) / inputs)
    }
    linear = Linear(scope, inputs, units, initializer: initializer)
    weights = mask("weights", [units, inputs])
    biases = mask("biases", [units])
    self.inputs = bottleneck.publishedBatchSize.map { mask("inputs", [$0, inputs]) }
  }

  /// x Wᵀ + b.
  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    pass.product(inputs?(x) ?? x, [linear.weight], bias: linear.bias) {
      $0.linear(weight: weights($1[0]), bias: $2.map { biases($0) })
    }
  }
}
