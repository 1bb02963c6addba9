import Training

extension ImageClassificationTask: EmbeddableTask {
  /// All images of the batch.
  public func labelledRows(of batch: ImageBatch) -> LabelledRows { LabelledRows(classes: batch.labels) }
}
