import Networks
import Torch

/// Spline convolution: `y_i = mean over edges (j, i) of Σ_k B_k(u_ji) x_j W_k  +  x_i W_root + b`, where `B_k` are
/// the splines of a ``SplineKernel`` and `u_ji` the pseudo-coordinates of the edge. The mean over no edges is zero.
///
/// Since coordinates do not change, that is one product of a constant sparse matrix, which
/// ``SplineKernel/matrix(_:_:)`` makes, with all the products `X W_k`.
///
/// **Shape** X `[N, inputs]`, dense or sparse, to `[N, outputs]`; weight `[K, inputs, outputs]` and root `[inputs,
/// outputs]` start uniform within ±1/sqrt(K inputs), bias `[outputs]` zero.
///
/// **Source** Fey et al. 2018, eq. 2 and 3; Launay et al. 2020, section 3.2.
public struct SplineConv {
  private let weight: Parameter
  private let root: Parameter
  private let bias: Parameter
  private let inputs, outputs, count: Int

  /// A layer with parameters `weight`, `root` and `bias` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: The width of the input.
  ///   - outputs: The width of the output.
  ///   - kernel: Says how many weights there are.
  public init(_ scope: Scope, _ inputs: Int, _ outputs: Int, kernel: SplineKernel) {
    count = kernel.count
    let initializer = Initializer.uniform(fanIn: count * inputs)
    let constants: [String: PyTorchLayout.Constant] = [
      "kernel_size": .integers(kernel.sizes.map(Int64.init)),
      "is_open_spline": .bytes(kernel.isOpen.map { $0 ? 1 : 0 }),
    ]
    weight = scope.parameter(
      "weight", [count, inputs, outputs], initializer, pyTorch: .named("weight").with(constants))
    root = scope.parameter("root", [inputs, outputs], initializer, pyTorch: .transposed("lin.weight"))
    bias = scope.parameter("bias", [outputs], .constant(0))
    (self.inputs, self.outputs) = (inputs, outputs)
  }

  /// Y.
  /// - Parameters:
  ///   - x: The features.
  ///   - splines: The matrix of the layer's kernel.
  ///   - pass: The pass.
  ///   - products: What becomes of all X W_k and X W_root, `[N, (K + 1) outputs]`, before the graph adds them up.
  public func callAsFunction(
    _ x: some NodeFeatures, _ splines: SparseMatrix, _ pass: Pass, products: (Tensor) -> Tensor = { $0 }
  ) -> Tensor {
    let products = products(
      x.product([weight, root], pass) {
        Tensor.concatenated([$0[0], $0[1].unsqueezed(0)])
          .permuted([1, 0, 2]).reshaped([inputs, (count + 1) * outputs])
      })
    return splines.matmul(products.reshaped([-1, outputs])) + bias.tensor
  }
}
