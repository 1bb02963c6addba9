import Networks
import Torch

/// Two spline convolutions: `conv2(dropout(f(conv1(dropout(X)))))`.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the activation and before the dropout
/// of the hidden layer, as in the published code; the error is read at the logits, or at the last layer's products.
///
/// **Source** Launay et al. 2020, section 3.2 ("SplineConv"); Fey et al. 2018, section 5.2.
package struct SplineConvNetwork {
  private let first, second: SplineConv
  private let activation: Activation
  private let inputDropout, dropout: Dropout
  private let hidden: FeedbackPoint
  private let output: ErrorReading

  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: F.
  ///   - width: The width of the hidden layer.
  ///   - classes: K.
  ///   - kernel: The kernel of both convolutions.
  ///   - activation: f.
  ///   - inputDropout: The probability that a feature is dropped.
  ///   - dropout: The probability that an element of the hidden layer is dropped.
  ///   - errorPlace: Where the error is read.
  ///   - errorHops: Over how many edges the error of the logits is spread for the hidden layer.
  package init(
    _ scope: Scope, features: Int, hidden width: Int, classes: Int, kernel: SplineKernel,
    activation: Activation = .elu, inputDropout: Double = 0, dropout: Double,
    errorPlace: ErrorPlace = .logits, errorHops: Int = 0
  ) {
    first = SplineConv(scope / "conv1", features, width, kernel: kernel)
    second = SplineConv(scope / "conv2", width, classes, kernel: kernel)
    self.activation = activation
    self.inputDropout = Dropout(inputDropout)
    self.dropout = Dropout(dropout)
    output = ErrorReading(scope, errorPlace, hops: errorHops)
    hidden = output.point(scope / "conv1")
  }

  /// - Parameters:
  ///   - features: The features.
  ///   - graph: The graph.
  ///   - splines: The matrix of the network's kernel, ``SplineKernel/matrix(_:_:)``.
  ///   - pass: The pass.
  package func callAsFunction(
    _ features: some NodeFeatures, _ graph: Graph, _ splines: SparseMatrix, _ pass: Pass
  ) -> Tensor {
    let x = features.dropped(by: inputDropout, pass)
    let h = hidden(activation(first(x, splines, pass)), pass)
    return output(graph, pass) { second(dropout(h, pass), splines, pass, products: $0) }
  }
}
