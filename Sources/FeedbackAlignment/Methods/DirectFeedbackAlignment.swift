import Networks
import Torch

/// Direct feedback alignment (DFA, Nøkland 2016): what ends at a point learns from a fixed random projection
/// of the output error, `δW_i = -[(B_i e) ⊙ f'_i(a_i)] h_{i-1}ᵀ`.
///
/// The tensor handed on from a point is detached from the graph and requires no gradient, so that the product with
/// the transposed weights that backpropagation needs for every layer is never computed. One traversal of the
/// graph serves all points.
///
/// **Source** Launay et al. 2020, eq. 3 and appendix C; Launay et al. 2019, eq. 3, 7 and 8.
public final class DirectFeedbackAlignment: FeedbackMethod {
  /// The settings.
  public let configuration: FeedbackConfiguration
  private var feedback: FeedbackProjection

  /// - Parameters:
  ///   - configuration: Kind, storage, distribution, normalisation, sharing and place of the feedback matrices.
  ///   - seed: What the matrices are drawn from.
  public init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    self.configuration = configuration
    feedback = FeedbackProjection(configuration, seed: seed)
  }

  /// The level of the points that receive the error.
  public var level: FeedbackPoint.Level { configuration.level }

  /// `t_i = B_i e`.
  public func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    withRegion("projection") { feedback.signals(at: points, errors) }
  }

  /// The gradients of the loss above the outputs, and below points those that their signals give.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    try context.cutStep(at: level, loss: loss) { points, errors in
      switch configuration.reduction {
      case .mean: signals(at: points, errors)
      case .sum: signals(at: points, errors.map { $0.timesRows(weight: context.weight) })
      }
    }
  }

  /// The feedback matrices that are stored, by output (shared) or point (independent): dense and orthogonal ones
  /// as they multiply, sign matrices and Hadamard ones as their signs in `int8`, sparse ones as the compressed
  /// rows of their transpose, in three parts. Regenerated ones are not among them.
  public var state: [String: Tensor] { feedback.state }

  /// Takes over feedback matrices. That they fit the widths of the network is seen in the first projection.
  /// - Throws: ``FeedbackMatrixError`` when they are not of the configuration's kind.
  public func restore(_ state: [String: Tensor]) throws { try feedback.restore(state) }

  /// Puts a feedback matrix in the place of the random one, as for identities with weights.
  /// - Parameters:
  ///   - matrix: The matrix as it multiplies the error of the widest point, whatever the configuration's kind;
  ///     `[error width, widest point]`.
  ///   - path: The path of the output, or of the point where matrices are independent.
  public func setMatrix(_ matrix: Tensor, for path: String) { feedback.setMatrix(matrix, for: path) }
}

extension MethodName {
  /// ``DirectFeedbackAlignment``
  public static let dfa = MethodName("dfa")
  /// ``DirectFeedbackAlignment`` with the identity as feedback (``FeedbackKind/identity``).
  public static let dfaIdentity = MethodName("dfa-identity")
}

extension DirectFeedbackAlignment {
  /// The row of the method.
  public static let description = MethodDescription(
    .dfa, title: "DFA", reference: "Nøkland 2016",
    summary: "a fixed random projection of the output's error, sent to every layer at once", tuning: .dfa
  ) { DirectFeedbackAlignment($0, seed: $1) }

  /// The row of the method with ``FeedbackKind/identity``, whatever the kind of the settings.
  public static let identityDescription = MethodDescription(
    .dfaIdentity, title: "DFA, identity", reference: "this package 2026",
    summary:
      "the output's error itself, sent to every layer at once: for networks that add to what they are given",
    tuning: .dfa, mayRaiseLoss: true
  ) { settings, seed in
    var configuration = settings
    configuration.kind = .identity
    return DirectFeedbackAlignment(configuration, seed: seed)
  }
}
