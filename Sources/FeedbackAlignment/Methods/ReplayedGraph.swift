import Basics
import Networks
import Torch

/// Runs a pass twice, so that no more than one segment of its graph is alive at a time.
///
/// The first pass, without a graph below the outputs, reads the errors and notes the points. The second draws
/// the same random numbers; whenever it crosses a point or an output, the segment that ends there is
/// differentiated by its signal, and the pass goes on without it.
///
/// **Source** the identity of the gradients with those of ``CutGraph`` follows from Launay et al. 2020, eq. 3: a
/// signal depends on the output's error alone, and a segment's gradient on its signal alone.
final class ReplayedGraph: FeedbackRecorder {
  private let level: FeedbackPoint.Level
  private let keepsActivations: Bool
  private var marks = MarkOrder()
  private var points: [Crossing] = []
  private var outputs: [(output: FeedbackOutput, above: Tensor)] = []

  init(level: FeedbackPoint.Level, keepingActivations: Bool) {
    self.level = level
    keepsActivations = keepingActivations
  }

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    marks.cross(point)
    guard point.level.isSent(at: level) else { return x }
    let above = x.detached()
    var crossing = Crossing(point, x, after: points)
    crossing.activation = keepsActivations ? above : nil
    points.append(crossing)
    return above
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    marks.read(output)
    let above = y.atOutput()
    outputs.append((output, above))
    return above
  }

  func step(
    _ context: StepContext, loss: (Pass) throws -> Tensor,
    signals: ([Crossing], [OutputGradient]) -> FeedbackSignals?
  ) rethrows -> Tensor {
    let state = context.generator.state
    let errors = try readErrors(context, loss)
    context.generator.state = state
    let second = Replay(
      level: level, points: points, errors: errors, signals: signals(points, errors), context.gradients)
    let loss = try loss(Pass(.training, generator: context.generator, recorder: second))
    context.gradients.traverse(loss: loss)
    return loss.detached()
  }

  /// The errors at the outputs, from a pass in which no parameter requires a gradient.
  private func readErrors(
    _ context: StepContext, _ loss: (Pass) throws -> Tensor
  ) rethrows -> [OutputGradient] {
    let parameters = context.gradients.parameters
    for parameter in parameters { parameter.tensor.requiringGradient(false) }
    defer { for parameter in parameters { parameter.tensor.requiringGradient() } }
    let loss = try loss(
      Pass(.training, generator: context.generator, recorder: self, isRehearsal: true)
    ).checkedLoss
    marks.finish()
    let read: [Tensor?] =
      loss.requiresGradient ? gradients(of: [loss], for: outputs.map(\.above)) : outputs.map { _ in nil }
    return zip(outputs, read).map { OutputGradient(output: $0.output, read: $1, at: $0.above) }
  }
}

/// The second pass: sends what the first one found.
private final class Replay: FeedbackRecorder {
  private let level: FeedbackPoint.Level
  private let points: [Crossing]
  private let errors: [OutputGradient]
  private let signals: FeedbackSignals?
  private let gradients: GradientAccumulator
  private var crossed = 0
  private var read = 0

  init(
    level: FeedbackPoint.Level, points: [Crossing], errors: [OutputGradient], signals: FeedbackSignals?,
    _ gradients: GradientAccumulator
  ) {
    self.level = level
    self.points = points
    self.errors = errors
    self.signals = signals
    self.gradients = gradients
  }

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    guard point.level.isSent(at: level) else { return x }
    check(crossed < points.count && points[crossed].point.path == point.path, "crossed '\(point.path)'")
    defer { crossed += 1 }
    return send(signals?[crossed], to: x)
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    check(read < errors.count && errors[read].output.path == output.path, "read '\(output.path)'")
    defer { read += 1 }
    return send(errors[read].gradient, to: y).atLeastSinglePrecision()
  }

  /// Differentiates the segment that ends with `x`; returns `x` off the graph.
  private func send(_ signal: Tensor?, to x: Tensor) -> Tensor {
    // A part of the segment's graph may lead on around the point, as a skip connection does: it is kept as long
    // as the pass holds it.
    if let signal, let edge = GraphEdge(of: x) {
      gradients.traverse([edge], [signal.to(x.dtype)], retainingGraph: true)
    }
    return x.detached()
  }

  private func check(_ condition: Bool, _ event: @autoclosure () -> String) {
    require(
      condition,
      "the second pass of a replay \(event()) where the first did not; make the network cross the same points and read "
        + "the same outputs in both, or set training.memory to whole")
  }
}
