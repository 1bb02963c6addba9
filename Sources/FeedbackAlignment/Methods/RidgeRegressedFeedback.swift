import Networks
import Torch

/// Ridge-regressed feedback: direct feedback alignment whose matrices are fitted, in one step in so many, to
/// backpropagation's own signals: `B_i = argmin sum over rows |c_i - B_i e|² + λ |B_i - B_i'|²`.
///
/// In such an anchor step, the first of training and of every ``FeedbackConfiguration/anchorEvery`` after it, the graph is
/// left whole. One traversal gives the gradients of a step by backpropagation, the errors e and the signals
/// `c_i = dL/dh_i`, to which the matrices are fitted. All other steps are those of direct feedback alignment.
///
/// The penalty pulls towards B', the matrix fitted before (zero at first), and not towards zero. So what a batch's errors
/// do not show stays as earlier ones taught, and a larger λ averages more of them, without any further state. λ is
/// ``FeedbackConfiguration/ridge`` times the mean diagonal of `sum e eᵀ`. All micro-batches of a step are fitted together,
/// so that their signals are kept until its end.
///
/// Each point has a matrix of its own. Where the network is linear between a point and the output, as above the last hidden
/// layer, `B_i` becomes the transposed weight, and its signal backpropagation's.
///
/// **Source** this package. Kolen-Pollack and weight mirrors learn weights of a layer; here what is regressed is the
/// whole way from the output.
public final class RidgeRegressedFeedback: FeedbackMethod {
  private let configuration: FeedbackConfiguration
  private var projection: FeedbackProjection
  private var turns: BackpropagationTurns
  private var regressions: [String: RidgeRegression] = [:]

  /// - Parameters:
  ///   - configuration: Place and level of the matrices, which are dense, stored and independent whatever it says; λ and
  ///     the anchors. Spans of epochs need to be told their length (``prepare(stepsPerEpoch:)``), as a trainer does;
  ///     otherwise the first step alone is an anchor.
  ///   - seed: Of no effect: matrices are zero until the first anchor.
  public init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    self.configuration = configuration.learned
    projection = FeedbackProjection(configuration.learned, seed: seed)
    projection.start = .zero
    turns = BackpropagationTurns(
      .firstOfEverySpan, configuration.anchorEvery, key: "feedback.anchorEvery")
  }

  /// The level of the points that receive the error.
  public var level: FeedbackPoint.Level { configuration.level }
  /// Some steps are by backpropagation.
  public var stepsDiffer: Bool { true }
  /// `stepsByBP`, the anchors.
  public var counts: [String: Int] { turns.counts }

  /// Takes notice of an epoch's length.
  /// - Throws: `SettingError` where anchors count epochs and there are none.
  public func prepare(stepsPerEpoch: Int?) throws(SettingError) {
    try turns.prepare(stepsPerEpoch: stepsPerEpoch)
  }

  /// `t_i = B_i e`.
  public func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    projection.signals(at: points, errors)
  }

  /// The gradients of direct feedback alignment; in an anchor step those of the loss, and new matrices.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    let loss =
      turns.isNow
      ? try anchor(context, loss) : try context.cutStep(at: level, loss: loss) { signals(at: $0, $1) }
    turns.count(context)
    return loss
  }

  private func anchor(_ context: StepContext, _ loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    context.gradients.handsOverAtEnd = true
    let graph = WholeGraph(level: level)
    let loss = try loss(Pass(.training, generator: context.generator, recorder: graph))
    let (errors, signals) = graph.read { context.gradients.traverse(loss: loss, reading: $0) }
    // The projection of the errors makes the matrices, where there are none yet.
    _ = projection.signals(at: graph.points, errors)
    for ((point, error), signal) in zip(graph.points.receivers(of: errors), signals) {
      guard let signal, configuration.learns(width: point.width, errorWidth: error.width) else { continue }
      regressions[point.point.path, default: RidgeRegression()].add(error, signal, width: point.width)
    }
    if context.gradients.isLastBatch { fit() }
    return loss.detached()
  }

  /// Fits the matrices to what the batches of the step have shown.
  private func fit() {
    let matrices = projection.state
    for (path, regression) in regressions {
      guard let matrix = matrices[path] else { continue }
      matrix.add(regression.change(of: matrix, ridge: configuration.ridge))
    }
    regressions = [:]
  }

  /// The matrices by point, and the number of steps.
  public var state: [String: Tensor] {
    projection.state.mapValues { $0.cloned() }.withPrefix("matrices/").merging(turns.state) { $1 }
  }

  /// Takes over matrices and the number of steps.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  public func restore(_ state: [String: Tensor]) throws {
    try projection.restore(state.part("matrices/").mapValues { $0.cloned() })
    try turns.restore(state)
  }
}

extension MethodName {
  /// ``RidgeRegressedFeedback``
  public static let ridge = MethodName("ridge")
}

extension RidgeRegressedFeedback {
  /// The row of the method.
  public static let description = MethodDescription(
    .ridge, title: "Ridge", reference: "this package 2026",
    summary:
      "DFA whose matrices are regressed on BP's signals, in one step in so many (feedback.anchorEvery)",
    tuning: .dfa
  ) { RidgeRegressedFeedback($0, seed: $1) }
}
