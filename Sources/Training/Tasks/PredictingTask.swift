import Networks
import Torch

/// A task that can write down what its network is given and what it gives, by which another program can be held to it.
public protocol PredictingTask: TrainingTask {
  /// What the network is given, and what it gives, of test data, by names that say which is which.
  /// - Parameter pass: In evaluation mode. Called without a graph.
  /// - Throws: What reading the data throws.
  func predictions(_ pass: Pass) throws -> [String: Tensor]
}
