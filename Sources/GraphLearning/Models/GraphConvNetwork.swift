import Networks
import Torch

/// Two graph convolutions: `conv2(dropout(f(conv1(dropout(X)))))`.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the dropout of the hidden layer;
/// the error is read at the logits, or at the last layer's products.
///
/// **Source** Launay et al. 2020, section 3.2 ("GraphConv"); Kipf and Welling 2017, eq. 9.
package struct GraphConvNetwork {
  private let first, second: GraphConv
  private let activation: Activation
  private let inputDropout, dropout: Dropout
  private let hidden: FeedbackPoint
  private let output: ErrorReading

  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: F.
  ///   - width: The width of the hidden layer.
  ///   - classes: K.
  ///   - activation: f.
  ///   - inputDropout: The probability that a feature is dropped.
  ///   - dropout: The probability that an element of the hidden layer is dropped.
  ///   - errorPlace: Where the error is read.
  ///   - errorHops: Over how many edges the error of the logits is spread for the hidden layer.
  ///   - outputName: The name of what the network puts out.
  package init(
    _ scope: Scope, features: Int, hidden width: Int, classes: Int, activation: Activation = .relu,
    inputDropout: Double = 0, dropout: Double, errorPlace: ErrorPlace = .logits, errorHops: Int = 0,
    outputName: String = "logits"
  ) {
    first = GraphConv(scope / "conv1", features, width)
    second = GraphConv(scope / "conv2", width, classes)
    self.activation = activation
    self.inputDropout = Dropout(inputDropout)
    self.dropout = Dropout(dropout)
    output = ErrorReading(scope, errorPlace, hops: errorHops, output: outputName)
    hidden = output.point(scope / "conv1")
  }

  package func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let x = features.dropped(by: inputDropout, pass)
    let h = hidden(dropout(activation(first(x, graph, pass)), pass), pass)
    return output(graph, pass) { second(h, graph, pass, products: $0) }
  }
}
