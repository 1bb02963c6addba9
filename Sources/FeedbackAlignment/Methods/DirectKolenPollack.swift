import Networks
import Torch

/// Direct Kolen-Pollack (DKP): direct feedback alignment whose matrices learn as if each were the weight of a linear
/// map from its layer to the output, `δB_i = -(e h_iᵀ + λ B_i)`.
///
/// Each point has a matrix of its own. That of the last hidden layer learns what the output's weight learns, and
/// comes to agree with it.
///
/// **Source** Webster, Choi and Ahn 2021, "Learning the connections in direct feedback alignment".
public final class DirectKolenPollack: FeedbackMethod {
  private let configuration: FeedbackConfiguration
  private var projection: FeedbackProjection
  private let learner: FeedbackLearner

  /// - Parameters:
  ///   - configuration: Distribution, normalisation, place, level, decay and learning rate of the matrices, which are
  ///     dense, stored and independent whatever it says.
  ///   - seed: What the matrices are drawn from at first.
  public init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    self.configuration = configuration.learned
    projection = FeedbackProjection(configuration.learned, seed: seed)
    projection.start = .drawn
    learner = FeedbackLearner(decay: configuration.decay, rate: configuration.learningRate)
  }

  /// The level of the points that receive the error.
  public var level: FeedbackPoint.Level { configuration.level }

  /// `t_i = B_i e`.
  public func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    projection.signals(at: points, errors)
  }

  /// The gradients of direct feedback alignment, and then B learns.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    var seen: (points: [Crossing], errors: [OutputGradient]) = ([], [])
    let loss = try context.cutStep(at: level, keepingActivations: true, loss: loss) { points, errors in
      seen = (points, errors)
      return signals(at: points, errors)
    }
    var derivatives: [String: Tensor] = [:]
    for (point, error) in seen.points.receivers(of: seen.errors) {
      guard let activation = point.activation,
        configuration.learns(width: point.width, errorWidth: error.width)
      else { continue }
      let rows = activation.reshaped([-1, point.width]).to(.float32)
      let derivative = error.repeated(rows.shape[0]).transposed().matmul(rows)
      derivatives[point.point.path] = derivatives[point.point.path].map { $0 + derivative } ?? derivative
    }
    let matrices = projection.state.sorted { $0.key < $1.key }
    learner.learn(
      matrices.map { ($0.key, $0.value) },
      matrices.map { matrix in derivatives[matrix.key]?.to(matrix.value.device) }, context)
    return loss
  }

  /// The matrices by point, and what moves them.
  public var state: [String: Tensor] {
    learner.state.withPrefix("optimizer/")
      .merging(projection.state.mapValues { $0.cloned() }.withPrefix("matrices/")) { $1 }
  }

  /// Takes over matrices and what moves them.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  public func restore(_ state: [String: Tensor]) throws {
    try projection.restore(state.part("matrices/").mapValues { $0.cloned() })
    try learner.restore(state.part("optimizer/"), of: state.part("matrices/"))
  }
}

extension MethodName {
  /// ``DirectKolenPollack``
  public static let dkp = MethodName("dkp")
}

extension DirectKolenPollack {
  /// The row of the method.
  public static let description = MethodDescription(
    .dkp, title: "DKP", reference: "Webster, Choi and Ahn 2021",
    summary: "DFA whose matrices learn as if each were a weight from its layer to the output", tuning: .dfa,
    mayRaiseLoss: true
  ) { DirectKolenPollack($0, seed: $1) }
}
