import Networks
import Torch

/// Makes some steps of a method by backpropagation: one in so many (anchors), or the first ones (warm-up).
///
/// In such a step the method itself does nothing, and what it keeps stays as it is; in all others it does as without. A
/// step by backpropagation keeps the whole network, and hands over its gradients when all have been made, whatever
/// `training.memory` and `training.update` say.
///
/// **Source** of anchors: Caillon, Fagnou, Delattre and Allauzen 2026, "Scaling direct feedback learning with Jacobian
/// alignment guarantees" (one batch an epoch), by summaries of it.
public final class OccasionalBackpropagation: TrainingMethod {
  private let method: any TrainingMethod
  private let backpropagation = Backpropagation()
  private var turns: BackpropagationTurns

  private init(_ method: any TrainingMethod, _ turns: BackpropagationTurns) {
    self.turns = turns
    // Anchors and a warm-up together count the same steps, in whichever order they are named.
    if let inner = method as? OccasionalBackpropagation {
      self.method = inner.method
      self.turns.add(inner.turns)
    } else {
      self.method = method
    }
  }

  /// A method with anchors: the first step of training is by backpropagation, and the first after each span.
  /// - Parameters:
  ///   - method: The method.
  ///   - span: The span. In epochs it needs to be told their length (``prepare(stepsPerEpoch:)``), as a trainer does;
  ///     otherwise the first step alone is an anchor.
  public convenience init(_ method: any TrainingMethod, anchorEvery span: Span) {
    self.init(method, BackpropagationTurns(.firstOfEverySpan, span, key: "feedback.anchorEvery"))
  }

  /// A method whose first steps are by backpropagation.
  /// - Parameters:
  ///   - method: The method.
  ///   - span: How many. In epochs it needs to be told their length (``prepare(stepsPerEpoch:)``), as a trainer does;
  ///     otherwise it does not end.
  public convenience init(_ method: any TrainingMethod, warmup span: Span) {
    self.init(method, BackpropagationTurns(.firstSpan, span, key: "feedback.warmup"))
  }

  /// The gradients of the loss, or those of the method.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    context.gradients.handsOverAtEnd = turns.isNow
    let loss = try (turns.isNow ? backpropagation : method).step(context, loss: loss)
    turns.count(context)
    return loss
  }

  /// Whether the method draws random numbers.
  public var drawsInSteps: Bool { method.drawsInSteps }
  /// Some steps are by backpropagation.
  public var stepsDiffer: Bool { true }
  /// The method that is changed, or that it changes.
  public var base: any TrainingMethod { method.base }
  /// What the method counts, and `stepsByBP`.
  public var counts: [String: Int] { method.counts.merging(turns.counts, uniquingKeysWith: +) }

  /// Takes notice of an epoch's length.
  /// - Throws: `SettingError` where a span counts epochs and there are none.
  public func prepare(stepsPerEpoch: Int?) throws(SettingError) {
    try turns.prepare(stepsPerEpoch: stepsPerEpoch)
    try method.prepare(stepsPerEpoch: stepsPerEpoch)
  }

  /// What the method keeps, and the number of steps.
  public var state: [String: Tensor] {
    method.state.withPrefix("method/").merging(turns.state) { $1 }
  }

  /// Takes over what the method keeps, and the number of steps.
  /// - Throws: ``FeedbackMatrixError`` when it is not that.
  public func restore(_ state: [String: Tensor]) throws {
    try method.restore(state.part("method/"))
    try turns.restore(state)
  }
}

extension OccasionalBackpropagation {
  /// The row of anchors.
  public static let anchors = MethodWrapper(
    "anchors", title: "anchors", reference: "Caillon et al. 2026",
    summary: "one step in so many by BP (feedback.anchorEvery)", trainsBelowPoints: true
  ) { method, feedback, _ in OccasionalBackpropagation(method, anchorEvery: feedback.anchorEvery) }

  /// The row of a warm-up.
  public static let warmup = MethodWrapper(
    "warmup", title: "warm-up", reference: "this package 2026",
    summary: "the first steps by BP (feedback.warmup)", trainsBelowPoints: true
  ) { method, feedback, _ in OccasionalBackpropagation(method, warmup: feedback.warmup) }
}
