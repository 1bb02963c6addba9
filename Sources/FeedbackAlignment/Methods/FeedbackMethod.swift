import Networks
import Torch

/// A training method that sends a learning signal to points, which can be compared with backpropagation's.
public protocol FeedbackMethod: TrainingMethod {
  /// The level of the points that receive a signal.
  var level: FeedbackPoint.Level { get }

  /// The signals of this batch.
  /// - Parameters:
  ///   - points: The points crossed in the pass, in order.
  ///   - errors: The errors read in the pass, in order.
  /// - Returns: For each point `t_i`, of the shape of the tensor there; nil where the point receives nothing.
  func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals
}

extension FeedbackMethod {
  /// The gradients of the loss above the outputs and, below a point, of `t_i · h_i`: the graph is cut at the
  /// points of ``level`` and at the outputs, and what ends there learns from its signal alone.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    try context.cutStep(at: level, loss: loss, signals: signals(at:_:))
  }
}
