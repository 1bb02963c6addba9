import Networks
import Torch

/// A dense layer that is as wide as any forwards, and a bottleneck for learning: a fixed share of the elements of its weight and
/// bias, chosen at random, learns, and the others stay as they started.
///
/// **Shape** `[B, inputs]` to `[B, units]`.
///
/// **Source** Launay et al. 2019, section 4.2 and figure 4.
public struct BottleneckLinear: Layer {
  private let linear: Linear
  private let weights: GradientMask
  private let biases: GradientMask
  private let inputs: GradientMask?

  /// A layer with the parameters of `Linear` and masks in `scope`.
  /// - Parameters:
  ///   - scope: Where its parameters are.
  ///   - inputs: The width below.
  ///   - units: Its own.
  ///   - size: How many weights of a unit learn on average, as if it had so many inputs; from 0 to `inputs`.
  ///   - inputMaskRows: As in the published code: the gradient towards the input is cut to the same share, chosen for each of
  ///     so many rows of a batch. Nil lets all of it down.
  ///   - initializer: How weights start; PyTorch's default when nil.
  public init(
    _ scope: Scope, _ inputs: Int, _ units: Int, size: Int, inputMaskRows: Int? = nil,
    initializer: Initializer? = nil
  ) {
    func mask(_ name: String, _ shape: [Int]) -> GradientMask {
      GradientMask(scope / name, shape, passing: shape.reduce(size, *) / inputs)
    }
    linear = Linear(scope, inputs, units, initializer: initializer)
    weights = mask("weights", [units, inputs])
    biases = mask("biases", [units])
    self.inputs = inputMaskRows.map { mask("inputs", [$0, inputs]) }
  }

  /// x Wᵀ + b.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    pass.product(inputs?(x) ?? x, [linear.weight], bias: linear.bias) {
      $0.linear(weight: weights($1[0]), bias: $2.map { biases($0) })
    }
  }
}
