import Networks
import Torch
import Training

extension GraphAutoencoderTask: PredictingTask {
  /// Of all nodes: `x`, the features as the network sees them, `edge_index`, both directions of every link that is trained on,
  /// and `latent`.
  public func predictions(_ pass: Pass) -> [String: Tensor] {
    [
      "x": data.features.dense, "edge_index": data.graph.edgeTensor,
      "latent": network.encode(data.features, data.graph, pass),
    ]
  }
}
