import Training

extension NodeClassificationTask: EmbeddableTask {
  /// The nodes of the batch, of all nodes that a point has.
  public func labelledRows(of batch: LabelledNodes) -> LabelledRows {
    LabelledRows(batch.nodes, classes: batch.labels)
  }
}
