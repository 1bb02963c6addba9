@_exported import Basics
@_exported import Datasets
@_exported import FeedbackAlignment
@_exported import GraphLearning
@_exported import ImageClassification
@_exported import LanguageModeling
@_exported import Networks
@_exported import NeuralRendering
@_exported import Recommendation
@_exported import Reports
@_exported import Torch
@_exported import Training

extension TaskFamily {
  /// Every family of this package, in the order in which lists show them.
  public static let all = [
    ImageClassification.family, GraphLearning.family, Recommendation.family, NeuralRendering.family,
    LanguageModeling.family,
  ]
}
