import Training

extension NodeClassificationTask: EmbeddableTask {
  /// The nodes of the batch, of all nodes that a point has.
  public func labelledRows(of batch: LabelledNodes) -> LabelledRows {
    LabelledRows(batch.nodes, classes: batch.labels)
  }

  /// Those of the citation network.
  public static func classNames(_ configuration: NodeClassificationConfiguration) -> [String]? {
    configuration.dataset.name?.classNames
  }
}
