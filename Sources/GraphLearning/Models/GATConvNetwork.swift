import Networks
import Torch

/// Two graph attention layers: `conv2(dropout(f(conv1(dropout(X)))))`, the hidden heads side by side.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the activation and before the dropout
/// of the hidden layer, as in the published code; the error is read at the logits, or at the last layer's products.
///
/// **Source** Launay et al. 2020, section 3.2 ("GATConv"); Veličković et al. 2018, section 3.3.
package struct GATConvNetwork {
  private let first, second: GATConv
  private let activation: Activation
  private let inputDropout, dropout: Dropout
  private let hidden: FeedbackPoint
  private let output: ErrorReading

  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: F.
  ///   - width: The width of each head of the hidden layer.
  ///   - heads: The heads of the hidden layer.
  ///   - classes: K.
  ///   - outputHeads: The heads of the last layer, of which the mean is taken.
  ///   - activation: f.
  ///   - inputDropout: The probability that a feature is dropped.
  ///   - dropout: The probability that an element of the hidden layer is dropped.
  ///   - attentionDropout: The probability that a coefficient of attention is dropped in the hidden layer.
  ///   - outputAttentionDropout: The same in the last layer.
  ///   - errorPlace: Where the error is read.
  ///   - errorHops: Over how many edges the error of the logits is spread for the hidden layer.
  package init(
    _ scope: Scope, features: Int, hidden width: Int, heads: Int, classes: Int, outputHeads: Int = 1,
    activation: Activation = .elu, inputDropout: Double = 0, dropout: Double, attentionDropout: Double,
    outputAttentionDropout: Double, errorPlace: ErrorPlace = .logits, errorHops: Int = 0
  ) {
    first = GATConv(scope / "conv1", features, width, heads: heads, attentionDropout: attentionDropout)
    second = GATConv(
      scope / "conv2", heads * width, classes, heads: outputHeads, .averaged,
      attentionDropout: outputAttentionDropout)
    self.activation = activation
    self.inputDropout = Dropout(inputDropout)
    self.dropout = Dropout(dropout)
    output = ErrorReading(scope, errorPlace, hops: errorHops)
    hidden = output.point(scope / "conv1")
  }

  package func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let x = features.dropped(by: inputDropout, pass)
    let h = hidden(activation(first(x, graph, pass)), pass)
    return output(graph, pass) { second(dropout(h, pass), graph, pass, products: $0) }
  }
}
