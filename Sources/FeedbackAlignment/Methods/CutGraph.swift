import Networks
import Torch

/// Records a pass and cuts its graph at the points of a level and at the outputs.
///
/// A tensor handed on from a point asks for no gradient. One handed on from an output does, because the error
/// is read there: also where an output's tensor is a point's.
final class CutGraph: FeedbackRecorder {
  private let level: FeedbackPoint.Level
  private var points: [Crossing] = []
  private var tensors: [Tensor] = []
  private var outputs: [(output: FeedbackOutput, below: Tensor, above: Tensor)] = []

  init(level: FeedbackPoint.Level) { self.level = level }

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    guard point.level.isSent(at: level) else { return x }
    points.note(point, x)
    tensors.append(x)
    return x.detached()
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    let above = y.atOutput()
    outputs.append((output, y, above))
    return above
  }

  /// One step: the error at the outputs and the gradients above them in one traversal, those below and at the
  /// points in another.
  /// - Parameter signals: What the points receive, given what the pass recorded; nil sends nothing.
  func step(
    _ context: StepContext, loss: (Pass) throws -> Tensor,
    signals: ([Crossing], [OutputError]) -> FeedbackSignals?
  ) rethrows -> Tensor {
    // The graph above the outputs is kept for the second traversal only as far as that one needs it: `loss`,
    // which holds the rest, goes before.
    func readErrors() throws -> (Tensor, [Tensor?]) {
      let loss = try loss(Pass(.training, generator: context.generator, recorder: self))
      let errors = context.gradients.traverse(
        [loss], [nil], reading: outputs.map(\.above), retainingGraph: !outputs.isEmpty)
      return (loss.detached(), errors)
    }
    let (loss, read) = try readErrors()
    let errors = zip(outputs, read).map { OutputError(output: $0.output, read: $1) }
    let sent = signals(points, errors).map(Array.init) ?? points.map { _ in nil }
    let roots = zip(outputs.map(\.below) + tensors, errors.map(\.error) + sent)
      .filter { $0.requiresGradient && $1 != nil }
    context.gradients.traverse(roots.map(\.0), roots.map(\.1))
    return loss
  }
}
