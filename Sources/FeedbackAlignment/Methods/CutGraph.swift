import Networks
import Torch

/// Records a pass and cuts its graph at the points of a level and at the outputs.
///
/// A tensor handed on from a point requires no gradient. One handed on from an output does, because the error
/// is read there: also where an output's tensor is a point's. Of the tensors that end there only their place in
/// the graph is kept, so that activations are freed as their gradients are made.
final class CutGraph: FeedbackRecorder {
  /// Where a segment ends.
  private struct End {
    let edge: GraphEdge?
    let dtype: DType

    init(_ x: Tensor) {
      edge = GraphEdge(of: x)
      dtype = x.dtype
    }
  }

  private let level: FeedbackPoint.Level
  private let keepsActivations: Bool
  private let streams: DeviceStreams?
  private var marks = MarkOrder()
  private var points: [(crossing: Crossing, end: End)] = []
  private var outputs: [(output: FeedbackOutput, below: End, above: Tensor)] = []

  /// - Parameters:
  ///   - level: The level of the points.
  ///   - keepingActivations: Whether the points recorded have their tensors.
  ///   - streams: Over what the segments are spread. All of the graph is then kept until the step ends.
  init(level: FeedbackPoint.Level, keepingActivations: Bool, streams: DeviceStreams?) {
    self.level = level
    keepsActivations = keepingActivations
    self.streams = streams
  }

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    marks.cross(point)
    guard point.level.isSent(at: level) else { return x }
    let above = x.detached()
    var crossing = Crossing(point, x, after: points.map(\.crossing))
    crossing.activation = keepsActivations ? above : nil
    points.append((crossing, End(x)))
    streams?.advance()
    return above
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    marks.read(output)
    let above = y.atOutput()
    outputs.append((output, End(y), above))
    return above
  }

  /// One step: the error at the outputs and the gradients above them in one traversal, those below and at the
  /// points in another.
  /// - Parameter signals: What the points receive, given what the pass recorded; nil sends nothing.
  func step(
    _ context: StepContext, loss: (Pass) throws -> Tensor,
    signals: ([Crossing], [OutputGradient]) -> FeedbackSignals?
  ) rethrows -> Tensor {
    defer { streams?.join() }
    let (loss, errors) = try readErrors(context, loss)
    let sent = signals(points.map(\.crossing), errors)
    var (edges, vectors): ([GraphEdge], [Tensor]) = ([], [])
    func send(_ signal: Tensor?, to end: End) {
      guard let edge = end.edge, let signal else { return }
      edges.append(edge)
      vectors.append(signal.to(end.dtype))
    }
    for (output, error) in zip(outputs, errors) { send(error.gradient, to: output.below) }
    for (index, point) in points.enumerated() { send(sent?[index], to: point.end) }
    context.gradients.traverse(edges, vectors, retainingGraph: streams != nil)
    return loss
  }

  /// The graph above the outputs is kept for the second traversal only as far as that one needs it: the loss,
  /// which holds the rest, ends here.
  private func readErrors(
    _ context: StepContext, _ loss: (Pass) throws -> Tensor
  ) rethrows -> (Tensor, [OutputGradient]) {
    let loss = try loss(Pass(.training, generator: context.generator, recorder: self))
    marks.finish()
    let errors = context.gradients.traverse(
      loss: loss, reading: outputs.map(\.above), retainingGraph: !outputs.isEmpty)
    return (
      loss.detached(), zip(outputs, errors).map { OutputGradient(output: $0.output, read: $1, at: $0.above) }
    )
  }
}
