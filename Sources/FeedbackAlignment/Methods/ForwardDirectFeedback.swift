import Networks
import Torch

/// Forward direct feedback alignment (FDFA): direct feedback whose matrices are estimates of the mean derivative of
/// the output by each layer, learned from forward passes: `B_i ← (1 - β) B_i + β mean(d u_iᵀ)`, where `d` is the
/// derivative of the output in the direction of normal noise `u` that is added at all points at once.
///
/// Matrices start at zero, and each point has its own. Derivatives are differences of two passes.
///
/// **Source** Bacho and Chu 2024, "Low-variance forward gradients using direct feedback alignment and momentum",
/// section 3; a moving average takes the place of its own optimizer.
public final class ForwardDirectFeedback: FeedbackMethod {
  private let configuration: FeedbackConfiguration
  private var estimator: ForwardEstimator

  /// - Parameters:
  ///   - configuration: Level, place and averaging β of the matrices, which are dense, stored and independent
  ///     whatever it says.
  ///   - seed: What the noise is drawn from.
  public init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    self.configuration = configuration
    estimator = ForwardEstimator(configuration, startsAtZero: true, seed: seed)
  }

  /// The level of the points that receive the error.
  public var level: FeedbackPoint.Level { configuration.level }

  /// Every step draws new noise.
  public var drawsInSteps: Bool { true }

  /// `t_i = B_i e`.
  public func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    estimator.signals(at: points, errors)
  }

  /// A better estimate, from passes that leave no trace, and then the gradients of direct feedback alignment.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    try estimator.estimate(context, loss: loss) { matrix, estimate in
      matrix.add(estimate - matrix, scale: configuration.averaging)
    }
    return try context.cutStep(at: level, loss: loss) { signals(at: $0, $1) }
  }

  /// The matrices by point, and the number of steps.
  public var state: [String: Tensor] { estimator.state }

  /// Takes over matrices and the number of steps.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  public func restore(_ state: [String: Tensor]) throws { try estimator.restore(state) }
}

extension MethodName {
  /// ``ForwardDirectFeedback``
  public static let fdfa = MethodName("fdfa")
}

extension ForwardDirectFeedback {
  /// The row of the method.
  public static let description = MethodDescription(
    .fdfa, title: "FDFA", reference: "Bacho and Chu 2024",
    summary: "DFA whose matrices are estimates of the output's derivative, from forward passes with noise",
    tuning: .dfa, isAdditive: false
  ) { ForwardDirectFeedback($0, seed: $1) }
}
