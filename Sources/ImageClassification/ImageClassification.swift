import Training

/// The tasks of this family.
public enum ImageClassification {
  /// The tasks, for a catalogue.
  public static let tasks: [any TrainingTask.Type] = [ImageClassificationTask.self, VGG16Task.self]
}
