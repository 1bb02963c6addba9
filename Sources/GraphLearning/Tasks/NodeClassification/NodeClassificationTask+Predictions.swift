import Networks
import Torch
import Training

extension NodeClassificationTask: PredictingTask {
  /// Of all nodes: `x`, the features as the network sees them, `edge_index`, both directions of every edge, `labelled` and
  /// `labels`, the nodes with a class and these, and `logits`, or their log softmax where the network ends with it.
  public func predictions(_ pass: Pass) -> [String: Tensor] {
    [
      "x": data.features.dense, "edge_index": data.graph.edgeTensor, "labelled": data.all.nodes,
      "labels": data.all.labels, "logits": network(data.features, data.graph, pass),
    ]
  }
}
