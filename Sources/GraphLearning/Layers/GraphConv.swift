import Networks
import Torch

/// Graph convolution: `Y = Â X W + b` with `Â = D^-1/2 (A + I) D^-1/2`.
///
/// **Shape** X `[N, inputs]`, dense or sparse, to `[N, outputs]`; weight `[inputs, outputs]` starts Glorot
/// uniform, bias `[outputs]` zero.
///
/// **Source** Kipf and Welling 2017, eq. 2; the papers' "GraphConv" (Launay et al. 2020, section 3.2).
public struct GraphConv {
  private let weight: Parameter
  private let bias: Parameter

  /// A layer with parameters `weight` and `bias` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: The width of the input.
  ///   - outputs: The width of the output.
  public init(_ scope: Scope, _ inputs: Int, _ outputs: Int) {
    weight = scope.parameter("weight", [inputs, outputs], .glorotUniform, pyTorch: .transposed("lin.weight"))
    bias = scope.parameter("bias", [outputs], .constant(0))
  }

  /// Y.
  /// - Parameters:
  ///   - x: The features.
  ///   - graph: The graph.
  ///   - pass: The pass.
  ///   - products: What becomes of X W, `[N, outputs]`, before the graph adds them up.
  public func callAsFunction(
    _ x: some NodeFeatures, _ graph: Graph, _ pass: Pass, products: (Tensor) -> Tensor = { $0 }
  ) -> Tensor {
    graph.normalizedAdjacency.matmul(products(x.product([weight], pass) { $0[0] })) + bias.tensor
  }
}
