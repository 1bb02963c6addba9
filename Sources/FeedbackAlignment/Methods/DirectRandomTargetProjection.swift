import Networks
import Torch

/// Direct random target projection (DRTP): hidden layers learn from a fixed random projection of the target alone,
/// `t_i = -B_i y* / N`, which is known before the output is.
///
/// The target is read from the sign of the error, which for cross-entropy is negative at the true class alone, and for
/// binary cross-entropy where the label is 1; rows without an error have no target. N is the number of targets. For
/// other losses it stands for the outputs that are too small.
///
/// **Source** Frenkel, Lefebvre and Bol 2021, "Learning without feedback".
public final class DirectRandomTargetProjection: FeedbackMethod {
  private let feedback: DirectFeedbackAlignment

  /// - Parameters:
  ///   - configuration: The settings of the matrices.
  ///   - seed: What the matrices are drawn from.
  public init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    feedback = DirectFeedbackAlignment(configuration, seed: seed)
  }

  /// The level of the points that receive the target.
  public var level: FeedbackPoint.Level { feedback.level }

  /// `t_i = -B_i y* / N`.
  public func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    signals(at: points, errors, weight: 1)
  }

  /// The gradients that projected targets give below points, weighted as the batch counts in its step.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    try context.cutStep(at: level, loss: loss) { signals(at: $0, $1, weight: context.weight) }
  }

  private func signals(
    at points: [Crossing], _ errors: [OutputGradient], weight: Double
  ) -> FeedbackSignals {
    let targets = errors.map { error in
      let tooSmall = (error.gradient .< 0).to(error.gradient.dtype)
      return OutputGradient(
        output: error.output, gradient: tooSmall * -weight / tooSmall.sum().clamped(minimum: 1))
    }
    return feedback.signals(at: points, targets)
  }

  /// The matrices, as those of ``DirectFeedbackAlignment``.
  public var state: [String: Tensor] { feedback.state }

  /// Takes over matrices.
  /// - Throws: ``FeedbackMatrixError`` when they are not of the configuration's kind.
  public func restore(_ state: [String: Tensor]) throws { try feedback.restore(state) }
}

extension MethodName {
  /// ``DirectRandomTargetProjection``
  public static let drtp = MethodName("drtp")
}

extension DirectRandomTargetProjection {
  /// The row of the method.
  public static let description = MethodDescription(
    .drtp, title: "DRTP", reference: "Frenkel, Lefebvre and Bol 2021",
    summary: "DFA with the target in the place of the error", tuning: .dfa, mayRaiseLoss: true
  ) { DirectRandomTargetProjection($0, seed: $1) }
}
