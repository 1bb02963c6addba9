import Networks
import Torch

/// Two graph convolutions: `conv2(dropout(relu(conv1(X))))`.
///
/// **Shape** features `[N, F]` to logits `[N, K]`. One feedback point, after the dropout of the hidden layer;
/// the error is read at the logits.
///
/// **Source** Launay et al. 2020, section 3.2 ("GraphConv"); Kipf and Welling 2017, eq. 9.
package struct GraphConvNetwork {
  private let first: GraphConv
  private let second: GraphConv
  private let dropout: Dropout
  private let hidden: FeedbackPoint
  private let output: FeedbackOutput

  package init(_ scope: Scope, features: Int, hidden width: Int, classes: Int, dropout: Double) {
    first = GraphConv(scope / "conv1", features, width)
    second = GraphConv(scope / "conv2", width, classes)
    self.dropout = Dropout(dropout)
    output = FeedbackOutput(scope / "logits")
    hidden = FeedbackPoint(scope / "conv1", of: output)
  }

  package func callAsFunction(_ features: SparseMatrix, _ graph: Graph, _ pass: Pass) -> Tensor {
    let h = hidden(dropout(first(features, graph).relu(), pass), pass)
    return output(second(h, graph), pass)
  }
}
