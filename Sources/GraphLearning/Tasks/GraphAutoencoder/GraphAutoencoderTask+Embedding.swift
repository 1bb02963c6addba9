import Training

extension GraphAutoencoderTask: EmbeddableTask {
  /// All nodes whose class is known, whatever the batch: the network has a row for each node.
  public func labelledRows(of batch: EdgeBatch) -> LabelledRows {
    LabelledRows(labelledNodes.nodes, classes: labelledNodes.labels)
  }

  /// Those of the citation network.
  public static func classNames(_ configuration: GraphAutoencoderConfiguration) -> [String]? {
    configuration.dataset.name?.classNames
  }
}
