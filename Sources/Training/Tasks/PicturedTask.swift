import Networks
import Torch

/// A task whose network can be seen in pictures, which reports of runs and comparisons show.
public protocol PicturedTask: TrainingTask {
  /// What the present weights show; nil where the data have nothing that could be shown.
  /// - Parameter pass: A pass of evaluation. Called without a graph.
  /// - Throws: What making pictures throws.
  func pictures(_ pass: Pass) throws -> TaskPictures?
}

extension Trainer {
  /// What the selected weights show; nil where the task shows no pictures. Weights are the last ones again afterwards.
  /// - Throws: What making pictures throws.
  public func pictures() throws -> TaskPictures? {
    guard let task = task as? any PicturedTask else { return nil }
    return try withSelectedWeights {
      try withoutGradient { try task.pictures(Pass(.evaluation, generator: generator)) }
    }
  }
}
