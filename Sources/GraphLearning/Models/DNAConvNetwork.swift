import Networks
import Torch

/// A dense layer, then layers of dynamic neighbourhood aggregation that each see all earlier ones, then a dense
/// layer: `h_0 = f(lin1(dropout(X)))`, `h_l = f(conv_l([dropout(h_0), h_1, ..., h_{l-1}]))`, `y =
/// lin2(dropout(h_L))`.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. A feedback point after each activation, L + 1 of them. Layers
/// take their history from above the points: where a method cuts the graph, each layer learns from its own signal
/// alone. The error is read at the logits, or after log softmax; that of all points but the last may be spread along
/// the edges first.
///
/// **Source** Launay et al. 2020, section 3.2 ("DNAConv"); Fey 2019 ("Just Jump").
package struct DNAConvNetwork {
  private let first, last: Linear
  private let layers: [DNAConv]
  private let activation: Activation
  private let inputDropout, dropout: Dropout
  private let points: [FeedbackPoint]
  private let output: ErrorReading
  private let readsLogProbabilities: Bool

  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - features: F.
  ///   - width: The width of all layers; a multiple of `heads` and `groups`.
  ///   - layers: L.
  ///   - heads: The heads of each layer.
  ///   - groups: The groups of each layer's projections.
  ///   - classes: K.
  ///   - activation: f.
  ///   - inputDropout: The probability that a feature is dropped.
  ///   - dropout: The probability that an element of h_0 or h_L is dropped.
  ///   - attentionDropout: The probability that a coefficient of attention is dropped.
  ///   - readsLogProbabilities: Whether the network ends with log softmax and the error is read after it, as
  ///     in the published code of the 2020 paper. With the negative log-likelihood that error does not depend on
  ///     the prediction.
  ///   - errorHops: Over how many edges the error is spread for all points but the last.
  package init(
    _ scope: Scope, features: Int, hidden width: Int, layers: Int, heads: Int, groups: Int, classes: Int,
    activation: Activation = .relu, inputDropout: Double = 0, dropout: Double, attentionDropout: Double,
    readsLogProbabilities: Bool = false, errorHops: Int = 0
  ) {
    first = Linear(scope / "lin1", features, width)
    self.layers = (1...layers).map {
      DNAConv(
        scope / "conv\($0)", width, heads: heads, groups: groups, attentionDropout: attentionDropout)
    }
    last = Linear(scope / "lin2", width, classes)
    self.activation = activation
    self.inputDropout = Dropout(inputDropout)
    self.dropout = Dropout(dropout)
    self.readsLogProbabilities = readsLogProbabilities
    let output = ErrorReading(
      scope, .logits, hops: errorHops, output: readsLogProbabilities ? "logProbabilities" : "logits")
    points =
      (["lin1"] + (1..<layers).map { "conv\($0)" }).map { output.point(scope / $0) }
      + [output.outputPoint(scope / "conv\(layers)")]
    self.output = output
  }

  /// The logits, or their log softmax where the error is read there.
  package func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor {
    let x = features.dropped(by: inputDropout, pass).product([first.weight], pass) { $0[0].transposed() }
    var newest = points[0](activation(first.bias.map { x + $0.tensor } ?? x), pass)
    newest = dropout(newest, pass)
    var history = [newest]
    for (layer, point) in zip(layers, points.dropFirst()) {
      newest = point(activation(layer(Tensor.stacked(history, 1), graph, pass)), pass)
      history.append(newest)
    }
    return output(graph, pass) { _ in
      let logits = last(dropout(newest, pass), pass)
      return readsLogProbabilities ? logits.logSoftmax() : logits
    }
  }
}
