import Networks
import Torch

/// Shallow training: the graph is cut at every point and nothing is sent, so that only what lies above the
/// points learns.
///
/// The baseline of the 2020 paper, appendix B: a method that does not beat it trains nothing below the top
/// layer.
public final class ShallowTraining: TrainingMethod {
  private let level: FeedbackPoint.Level

  /// - Parameter level: Which points cut; must be the level of the method it is compared with.
  public init(level: FeedbackPoint.Level = .layer) { self.level = level }

  /// The gradients of the parameters above the points, which are backpropagation's.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    try context.cutStep(at: level, loss: loss) { _, _ in nil }
  }
}

extension MethodName {
  /// ``ShallowTraining``
  public static let shallow = MethodName("shallow")
}

extension ShallowTraining {
  /// The row of the method.
  public static let description = MethodDescription(
    .shallow, title: "Shallow", reference: "Launay et al. 2020",
    summary: "the top layer alone is trained", tuning: .dfa, trainsBelowPoints: false
  ) { feedback, _ in ShallowTraining(level: feedback.level) }
}
