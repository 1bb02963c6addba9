import Training

/// The tasks of this family.
public enum GraphLearning {
  /// The tasks, for a catalogue.
  public static let tasks: [any TrainingTask.Type] = [
    NodeClassificationTask.self, GraphAutoencoderTask.self,
  ]
}
