import Torch

/// A convolution of images: `y_o = Σ_i W_oi * x_i + b_o` (cross-correlation, as everywhere in deep learning).
///
/// **Shape** `[B, inputs, height, width]` to `[B, outputs, height', width']` with `height' = (height + 2 padding -
/// size) / stride + 1`, rounded down; weight `[outputs, inputs, size, size]` and bias `[outputs]` start uniform within
/// ±1/sqrt(inputs size²), as in PyTorch.
public struct Conv2d: Layer {
  /// W.
  public let weight: Parameter
  /// b.
  public let bias: Parameter
  private let stride, padding: Int

  /// A layer with parameters `scope/weight` and `scope/bias`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: The channels of the input.
  ///   - outputs: The channels of the output.
  ///   - size: The height and width of the kernel.
  ///   - stride: By how many pixels the kernel moves.
  ///   - padding: How many zeros are put around the image.
  ///   - initializer: How the weight starts; as above when nil.
  public init(
    _ scope: Scope, _ inputs: Int, _ outputs: Int, size: Int, stride: Int = 1, padding: Int = 0,
    initializer: Initializer? = nil
  ) {
    let uniform = Initializer.uniform(fanIn: inputs * size * size)
    weight = scope.parameter("weight", [outputs, inputs, size, size], initializer ?? uniform)
    bias = scope.parameter("bias", [outputs], uniform)
    self.stride = stride
    self.padding = padding
  }

  /// W * x + b.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    pass.product(x.channelsLast(), [weight], bias: bias) { [stride, padding] in
      $0.conv2d(weight: $1[0], bias: $2, stride: stride, padding: padding)
    }
  }
}
