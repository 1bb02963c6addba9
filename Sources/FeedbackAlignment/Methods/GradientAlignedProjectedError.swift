import Networks
import Torch

/// Gradient-aligned projected error (GrAPE): direct feedback alignment whose matrices turn towards estimates of the mean
/// derivative of the output by each layer, made of forward passes with noise.
///
/// Before each batch is learned from, every matrix takes one step down the gradient of `1 - mean_k cos(b_k, g_k)`, and its
/// columns get the lengths back that they had; where b_k is the column of B_i by which output k acts on the layer, as in
/// `t_i = B_i e`, and g_k that of the estimate `G_i = mean(u dᵀ)`, with the derivative d of the output in the direction of
/// normal noise u. So B keeps the size of its draw: of the directions of derivatives it learns, of their lengths nothing.
///
/// Derivatives are differences of two passes, with noise at all points at once, as those of ``ForwardDirectFeedback``. The
/// step is plain gradient descent, whatever moves the parameters: turning a column by a given angle takes a rate that grows
/// with the number of outputs. Micro-batches are steps of their own.
///
/// **Source** Caillon, Fagnou, Delattre and Allauzen 2026, "Scaling direct feedback learning with Jacobian alignment
/// guarantees" (ICLR), by summaries of it, which do not say which way columns lie or how the step is made; anchors are apart
/// (``OccasionalBackpropagation``).
public final class GradientAlignedProjectedError: FeedbackMethod {
  private let configuration: FeedbackConfiguration
  private var estimator: ForwardEstimator

  /// - Parameters:
  ///   - configuration: Distribution, normalisation, place, level and learning rate of the matrices, which are dense,
  ///     stored and independent whatever it says.
  ///   - seed: What the matrices and the noise are drawn from.
  public init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    self.configuration = configuration
    estimator = ForwardEstimator(configuration, seed: seed)
  }

  /// The level of the points that receive the error.
  public var level: FeedbackPoint.Level { configuration.level }

  /// Every step draws new noise.
  public var drawsInSteps: Bool { true }

  /// `t_i = B_i e`.
  public func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    estimator.signals(at: points, errors)
  }

  /// Matrices turn, and then the gradients are those of direct feedback alignment.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    let rate = configuration.learningRate ?? context.rate
    try estimator.estimate(context, loss: loss) { matrix, estimate in
      matrix.turnRows(toward: estimate, rate: rate)
    }
    return try context.cutStep(at: level, loss: loss) { signals(at: $0, $1) }
  }

  /// The matrices by point, and the number of steps.
  public var state: [String: Tensor] { estimator.state }

  /// Takes over matrices and the number of steps.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  public func restore(_ state: [String: Tensor]) throws { try estimator.restore(state) }
}

extension Tensor {
  /// One step down the gradient of 1 minus the mean cosine of rows with those of `target`; rows keep their lengths. The
  /// columns of B_i are the rows of the tensor that errors are multiplied with. Rows of zeros turn nowhere.
  fileprivate func turnRows(toward target: Tensor, rate: Double) {
    func lengths(_ x: Tensor) -> Tensor { x.norm(1, keepingDimension: true).clamped(minimum: 1e-30) }
    let own = lengths(self)
    let (direction, other) = (self / own, target / lengths(target))
    let cosines = (direction * other).sum(1, keepingDimension: true)
    let moved = self + (other - direction * cosines) / own * (rate / Double(shape[0]))
    copy(from: moved * (own / lengths(moved)))
  }
}

extension MethodName {
  /// ``GradientAlignedProjectedError``
  public static let grape = MethodName("grape")
}

extension GradientAlignedProjectedError {
  /// The row of the method.
  public static let description = MethodDescription(
    .grape, title: "GrAPE", reference: "Caillon et al. 2026",
    summary:
      "DFA whose matrices turn towards estimates of the output's derivative, from forward passes with noise",
    tuning: .dfa, mayRaiseLoss: true, isAdditive: false
  ) { GradientAlignedProjectedError($0, seed: $1) }
}
