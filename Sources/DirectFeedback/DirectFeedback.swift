@_exported import Basics
@_exported import Datasets
@_exported import FeedbackAlignment
@_exported import GraphLearning
@_exported import ImageClassification
@_exported import Networks
@_exported import Reports
@_exported import Torch
@_exported import Training

/// All tasks of the package, by which the command finds them.
public enum TaskCatalog {
  /// Every task of every family.
  public static let tasks: [any TrainingTask.Type] = ImageClassification.tasks + GraphLearning.tasks
}
