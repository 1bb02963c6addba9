import Networks
import Torch

/// A point that a pass has crossed.
public struct Crossing {
  /// The point.
  public let point: FeedbackPoint
  /// The tensor there, on the graph.
  public let tensor: Tensor
  /// How often the pass had crossed the point before: a network may be called several times in one pass.
  public let occurrence: Int

  package init(point: FeedbackPoint, tensor: Tensor, occurrence: Int) {
    self.point = point
    self.tensor = tensor
    self.occurrence = occurrence
  }
}

extension [Crossing] {
  /// Notes that a pass crosses a point, with how often it had before.
  mutating func note(_ point: FeedbackPoint, _ tensor: Tensor) {
    let occurrence = count { $0.point.path == point.path }
    append(Crossing(point: point, tensor: tensor, occurrence: occurrence))
  }
}

/// The error at an output.
public struct OutputError {
  /// The output.
  public let output: FeedbackOutput
  /// The derivative of the loss by the tensor at the output, of its shape.
  public let error: Tensor

  package init(output: FeedbackOutput, error: Tensor) {
    self.output = output
    self.error = error
  }
}

/// Records a pass and cuts its graph at the points of a level and at the outputs.
///
/// A tensor handed on from a point asks for no gradient. One handed on from an output does, because the error
/// is read there: also where an output's tensor is a point's.
final class CutGraph: FeedbackRecorder {
  private let level: FeedbackPoint.Level
  private var points: [Crossing] = []
  private var outputs: [(output: FeedbackOutput, below: Tensor, above: Tensor)] = []

  init(level: FeedbackPoint.Level) { self.level = level }

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    guard point.level.isSent(at: level) else { return x }
    points.note(point, x)
    return x.detached()
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    let above = y.detached().requiringGradient()
    outputs.append((output, y, above))
    return above
  }

  /// One step: the error at the outputs and the gradients above them in one traversal, those below and at the
  /// points in another.
  /// - Parameter signals: What the points receive, given what the pass recorded; nil sends nothing.
  func step(
    _ parameters: [Parameter], generator: RandomGenerator, loss: (Pass) throws -> Tensor,
    signals: ([Crossing], [OutputError]) -> [Tensor?]?
  ) rethrows -> TrainingStep {
    let tensors = parameters.map(\.tensor)
    // The graph above the outputs is kept for the second traversal only as far as that one needs it: `loss`,
    // which holds the rest, goes before.
    func readErrors() throws -> (Tensor, [Tensor?]) {
      let loss = try loss(Pass(.training, generator: generator, recorder: self))
      return (
        loss.detached(),
        gradients(of: [loss], for: outputs.map(\.above) + tensors, retainingGraph: !outputs.isEmpty)
      )
    }
    let (loss, above) = try readErrors()
    var result = Gradients(parameters, Array(above.dropFirst(outputs.count)))
    let errors = zip(outputs, above).map { output, error in
      guard let error else {
        preconditionFailure(
          "the loss does not depend on what output '\(output.output.path)' handed on; read the error where nothing "
            + "but the loss follows, after the last feedback point")
      }
      return OutputError(output: output.output, error: error)
    }
    let sent = signals(points, errors) ?? points.map { _ in nil }
    let roots = zip(outputs.map(\.below) + points.map(\.tensor), errors.map(\.error) + sent)
      .filter { $0.requiresGradient && $1 != nil }
    result.add(gradients(of: roots.map(\.0), with: roots.map(\.1), for: tensors))
    return TrainingStep(loss: loss, gradients: result)
  }
}

extension FeedbackPoint.Level {
  /// Whether points of this level receive the error when a method sends it to `level`: blocks end layers too.
  func isSent(at level: FeedbackPoint.Level) -> Bool { self == .block || level == .layer }
}
