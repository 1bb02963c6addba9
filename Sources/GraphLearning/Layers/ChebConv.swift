import Networks
import Torch

/// Chebyshev graph convolution: `Y = Σ_k T_k(L̂) X W_k + b` for k = 0 ..< K, with the Chebyshev polynomials
/// `T_0 = 1, T_1 = z, T_k = 2 z T_{k-1} - T_{k-2}` of the scaled Laplacian `L̂ = 2 L / λ - I`, where
/// `L = I - D^-1/2 A D^-1/2` and edges from a node to itself are left out.
///
/// The sum is taken from its last term (Clenshaw 1955), so that every product with the graph has the width of the
/// output and sparse features stay sparse.
///
/// **Shape** X `[N, inputs]`, dense or sparse, to `[N, outputs]`; weight `[K, inputs, outputs]` starts Glorot
/// uniform, bias `[outputs]` zero.
///
/// **Source** Defferrard et al. 2016, eq. 4 and 5; Launay et al. 2020, section 3.2.
public struct ChebConv {
  private let weight: Parameter
  private let bias: Parameter
  private let inputs, outputs, terms: Int
  private let scale: Double

  /// A layer with parameters `weight` and `bias` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: The width of the input.
  ///   - outputs: The width of the output.
  ///   - terms: K, at least 1: nodes see others up to K - 1 edges away.
  ///   - largestEigenvalue: λ, positive; 2 bounds the eigenvalues of every normalised Laplacian.
  public init(
    _ scope: Scope, _ inputs: Int, _ outputs: Int, terms: Int, largestEigenvalue: Double = 2
  ) {
    guard terms >= 1, largestEigenvalue > 0 else {
      fatalError(
        "a Chebyshev convolution has at least 1 term and a positive largest eigenvalue, not \(terms) and "
          + "\(largestEigenvalue)")
    }
    weight = scope.parameter(
      "weight", [terms, inputs, outputs], .glorotUniform,
      pyTorch: .transposedList("lins", "weight", count: terms))
    bias = scope.parameter("bias", [outputs], .constant(0))
    (self.inputs, self.outputs, self.terms) = (inputs, outputs, terms)
    scale = 2 / largestEigenvalue
  }

  /// Y.
  /// - Parameters:
  ///   - x: The features.
  ///   - graph: The graph.
  ///   - pass: The pass.
  ///   - products: What becomes of all X W_k, `[N, K outputs]`, before the graph adds them up.
  public func callAsFunction(
    _ x: some NodeFeatures, _ graph: Graph, _ pass: Pass, products: (Tensor) -> Tensor = { $0 }
  ) -> Tensor {
    let products = products(
      x.product([weight], pass) { $0[0].permuted([1, 0, 2]).reshaped([inputs, terms * outputs]) }
    ).reshaped([graph.nodes, terms, outputs])
    // b_k = X W_k + 2 L̂ b_{k+1} - b_{k+2}; the result is X W_0 + L̂ b_1 - b_2.
    var (next, second): (Tensor?, Tensor?) = (nil, nil)
    for term in (1..<terms).reversed() {
      let sum = plus(products.selected(1, term), next.map { laplacian($0, graph) * 2 }, minus: second)
      (next, second) = (sum, next)
    }
    return plus(products.selected(1, 0), next.map { laplacian($0, graph) }, minus: second) + bias.tensor
  }

  private func plus(_ x: Tensor, _ y: Tensor?, minus z: Tensor?) -> Tensor {
    let sum = y.map { x + $0 } ?? x
    return z.map { sum - $0 } ?? sum
  }

  /// L̂ x.
  private func laplacian(_ x: Tensor, _ graph: Graph) -> Tensor {
    let smoothed = graph.symmetricAdjacency.matmul(x) * -scale
    return scale == 1 ? smoothed : x * (scale - 1) + smoothed
  }
}
